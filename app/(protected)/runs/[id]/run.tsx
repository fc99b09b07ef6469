import { notFound } from 'next/navigation'
import { isOpen } from '@/components/credits/describe-run'
import { RefreshWhile } from '@/components/credits/refresh-while'
import { RunActions } from '@/components/credits/run-actions'
import { RunDetails } from '@/components/credits/run-details'
import { RunOutcome } from '@/components/credits/run-outcome'
import { AccountLink } from '@/components/layout/account-link'
import { OwnerOnly } from '@/components/layout/owner-only'
import { PageHeader } from '@/components/layout/page-header'
import { Button } from '@/components/ui/button'
import { readRun } from '@/lib/account/read-run'
import { findCreditType } from '@/lib/credit-type'
import { listCreditTypes } from '@/lib/credits/credit-types'
import { findToolById } from '@/tools/registry'

/** A run of a user, and what came of it; not found where there is none. */
export async function Run({ userId, id }: { userId: string; id: string }) {
  const run = await readRun(userId, id)
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
              <AccountLink href="/runs">All runs</AccountLink>
            </Button>
            <OwnerOnly>
              <RunActions
                userId={userId}
                run={{ id: run.id, isOpen: isOpen(run.status) }}
                repeat={tool && run.fullInput && { page: tool.href, url: tool.route, input: run.fullInput }}
              />
            </OwnerOnly>
            {tool && (
              <Button asChild>
                <AccountLink href={tool.href}>Open tool</AccountLink>
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
