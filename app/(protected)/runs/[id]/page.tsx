import type { Metadata } from 'next'
import Link from 'next/link'
import { notFound } from 'next/navigation'
import { isOpen } from '@/components/credits/describe-run'
import { RefreshWhile } from '@/components/credits/refresh-while'
import { RunActions } from '@/components/credits/run-actions'
import { RunDetails } from '@/components/credits/run-details'
import { RunOutcome } from '@/components/credits/run-outcome'
import { PageHeader } from '@/components/layout/page-header'
import { Button } from '@/components/ui/button'
import { readRun } from '@/lib/account/read-run'
import { requireUser } from '@/lib/auth/session'
import { findCreditType } from '@/lib/credit-type'
import { listCreditTypes } from '@/lib/credits/credit-types'
import { findToolById } from '@/tools/registry'

export const metadata: Metadata = { title: 'Run' }

export default async function RunPage({ params }: PageProps<'/runs/[id]'>) {
  const { id } = await params
  const user = await requireUser(`/runs/${id}`)
  const run = await readRun(user.id, id)
  if (!run) notFound()
  const [tool, types] = await Promise.all([findToolById(run.tool), listCreditTypes()])
  return (
    <div className="grid grid-cols-1 gap-6">
      <RefreshWhile active={isOpen(run.status)} />
      <PageHeader
        title={tool?.name ?? run.tool}
        description={`Run ${run.id}`}
        actions={
          <>
            <Button asChild variant="outline">
              <Link href="/runs">All runs</Link>
            </Button>
            <RunActions
              userId={user.id}
              run={{ id: run.id, isOpen: isOpen(run.status) }}
              repeat={tool && run.fullInput && { page: tool.href, url: tool.route, input: run.fullInput }}
            />
            {tool && (
              <Button asChild>
                <Link href={tool.href}>Open tool</Link>
              </Button>
            )}
          </>
        }
      />
      <RunDetails run={run} unit={findCreditType(types, run.credit_type)} />
      <RunOutcome run={run} renderResult={(body) => tool?.renderResult(body) ?? null} />
    </div>
  )
}
