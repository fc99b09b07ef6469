import { Card, CardContent } from '@/components/ui/card'
import type { RunRow } from '@/lib/account/list-runs'
import type { CreditUnit } from '@/lib/credit-type'
import { readFormat } from '@/lib/reader/read-reader'
import { describeRunInput, describeSource, isOpen } from './describe-run'
import { Detail } from './detail'
import { RunStatusBadge } from './run-status-badge'

/** How a run stands: its status, times and charge, and what it was asked. */
export async function RunDetails({ run, unit }: { run: RunRow; unit: CreditUnit }) {
  const { countCredits, formatTimestamp } = await readFormat()
  const input = describeRunInput(run.input)
  return (
    <Card>
      <CardContent>
        <dl className="grid grid-cols-2 gap-5 sm:grid-cols-4">
          <Detail name="Status">
            <RunStatusBadge status={run.status} />
          </Detail>
          <Detail name="Started">{formatTimestamp(run.created_at)}</Detail>
          <Detail name="Charge">{isOpen(run.status) ? 'Not yet' : countCredits(run.charged, unit)}</Detail>
          <Detail name="Started from">{describeSource(run.source)}</Detail>
          {input && (
            <Detail name="Input" className="col-span-full">
              {input}
            </Detail>
          )}
        </dl>
      </CardContent>
    </Card>
  )
}
