import type { Metadata } from 'next'
import { LastRun } from '@/components/credits/last-run'
import { ToolOffNotice } from '@/components/credits/tool-off-notice'
import { PageHeader } from '@/components/layout/page-header'
import { readToolSwitches } from '@/lib/account/read-tool-switches'
import { requireUser } from '@/lib/auth/session'
import { GENERAL } from '@/lib/credit-type'
import { prices, summarize } from '@/tools/text-generation/tool'
import { ExampleToolClient } from './ExampleToolClient'

export const metadata: Metadata = { title: 'Summarize a text' }

export default async function ExampleToolPage() {
  const user = await requireUser('/example-tool')
  const off = (await readToolSwitches()).get(summarize.id)
  return (
    <div className="grid grid-cols-1 gap-6">
      <PageHeader
        title="Summarize a text"
        description="Paste a long text and keep the key sentences. A run that fails costs nothing."
      />
      <LastRun userId={user.id} tool={summarize.id} url="/api/example-protected" />
      {off ? (
        <ToolOffNotice message={off} />
      ) : (
        <ExampleToolClient userId={user.id} prices={prices()} creditType={summarize.creditType ?? GENERAL} />
      )}
    </div>
  )
}
