import Link from 'next/link'
import { Card, CardContent, CardHeader, CardTitle } from '@/components/ui/card'
import type { DeliveryDetails } from '@/lib/admin/read-delivery'
import { CopyId } from './copy-id'
import { Fact, Facts } from './facts'
import { StateBadge } from './state-badge'
import { Moment } from './timestamp'

/** How a delivery stands, when it came, and what it tells of. */
export function DeliveryFacts({ details: { event, payments } }: { details: DeliveryDetails }) {
  return (
    <Card>
      <CardHeader>
        <CardTitle>Delivery</CardTitle>
      </CardHeader>
      <CardContent className="grid gap-4">
        <Facts>
          <Fact name="State">
            <StateBadge state={event.status} />
          </Fact>
          <Fact name="Attempts">{event.attempts}</Fact>
          <Fact name="Received">
            <Moment at={event.received_at} />
          </Fact>
          <Fact name={event.status === 'failed' ? 'Last tried' : 'Done with'}>
            {event.processed_at && <Moment at={event.processed_at} />}
          </Fact>
          <Fact wide name="Delivery id">
            <CopyId id={event.id} name="delivery id" />
          </Fact>
          {event.about.map((id) => (
            <Fact wide key={id} name="Tells of">
              <CopyId id={id} name={`id ${id}`} />
            </Fact>
          ))}
          {payments.map(({ id, label }) => (
            <Fact wide key={id} name="Payment">
              <Link href={`/admin/payments/${id}`} className="block truncate underline underline-offset-4">
                {label}
              </Link>
            </Fact>
          ))}
        </Facts>
        {event.error && (
          <div className="grid gap-1 text-sm">
            <p className="text-muted-foreground">{event.status === 'failed' ? 'Error' : 'Last error'}</p>
            <pre className="whitespace-pre-wrap break-words rounded-lg bg-destructive-soft px-4 py-3 font-mono text-destructive-soft-foreground text-xs">
              {event.error}
            </pre>
          </div>
        )}
      </CardContent>
    </Card>
  )
}
