import type { Metadata } from 'next'
import { LastRun } from '@/components/credits/last-run'
import { PageHeader } from '@/components/layout/page-header'
import { requireUser } from '@/lib/auth/session'
import { GENERAL } from '@/lib/credit-type'
import { prices, summarize } from '@/tools/text-generation/tool'
import { ExampleToolClient } from './ExampleToolClient'

export const metadata: Metadata = { title: 'Summarize a text' }

export default async function ExampleToolPage() {
  const user = await requireUser('/example-tool')
  return (
    <div className="grid grid-cols-1 gap-6">
      <PageHeader
        title="Summarize a text"
        description="Paste a long text and keep the key sentences. A run that fails costs nothing."
      />
      <LastRun userId={user.id} tool={summarize.id} url="/api/example-protected" />
      <ExampleToolClient userId={user.id} prices={prices()} creditType={summarize.creditType ?? GENERAL} />
    </div>
  )
}
