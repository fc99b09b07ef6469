import { Card, CardContent, CardHeader, CardTitle } from '@/components/ui/card'
import type { GiftBatch } from '@/lib/admin/gift-state'
import { readFormat } from '@/lib/reader/read-reader'
import { GiftRun } from './gift-run'

/** The newest batches: those that broke off can be continued. Nothing before the first. */
export async function GiftBatches({ batches }: { batches: readonly GiftBatch[] }) {
  if (batches.length === 0) return null
  const { formatTimestamp } = await readFormat()
  return (
    <Card>
      <CardHeader>
        <CardTitle>Recent batches</CardTitle>
      </CardHeader>
      <CardContent>
        <ul className="grid divide-y">
          {batches.map((batch) => (
            <li key={batch.id} className="grid gap-2 py-4 first:pt-0 last:pb-0">
              <p className="wrap-anywhere text-sm">
                <span className="font-medium">{batch.reason}</span>
                <span className="figures block text-muted-foreground text-xs">
                  {formatTimestamp(batch.created_at)}
                </span>
              </p>
              <GiftRun key={`${batch.waiting} ${batch.given}`} prepared={batch} />
            </li>
          ))}
        </ul>
      </CardContent>
    </Card>
  )
}
