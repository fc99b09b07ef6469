import Link from 'next/link'
import { Card, CardContent, CardHeader, CardTitle } from '@/components/ui/card'
import { EVENT_SOURCES } from '@/lib/admin/event-filter'
import type { EventDetails as Details } from '@/lib/admin/read-event'
import { CopyId } from './copy-id'
import { Detail, DetailList } from './detail-list'
import { StateBadge } from './state-badge'
import { Timestamp } from './timestamp'

const sources: Record<string, string> = EVENT_SOURCES
const ERROR_LABELS: Record<string, string> = { failed: 'Error', review: 'To review' }

/** The status of an event, when it came, and what it is about. */
export function EventDetails({ details: { event, payments } }: { details: Details }) {
  return (
    <Card>
      <CardHeader>
        <CardTitle>Event</CardTitle>
      </CardHeader>
      <CardContent className="grid gap-4">
        <DetailList>
          <Detail name="State">
            <StateBadge state={event.status} />
          </Detail>
          <Detail name="Source">{sources[event.source] ?? event.source}</Detail>
          <Detail name="Attempts">{event.attempts}</Detail>
          <Detail name="Received">
            <Timestamp at={event.received_at} />
          </Detail>
          <Detail name={event.status === 'failed' ? 'Last tried' : 'Processed'}>
            {event.processed_at && <Timestamp at={event.processed_at} />}
          </Detail>
          <Detail wide name="Event ID">
            <CopyId id={event.id} name="event ID" />
          </Detail>
          {event.provider_ids.map((id) => (
            <Detail wide key={id} name="Related ID">
              <CopyId id={id} name={`ID ${id}`} />
            </Detail>
          ))}
          {payments.map(({ id, label }) => (
            <Detail wide key={id} name="Payment">
              <Link
                href={`/admin/payments/${id}`}
                className="block truncate underline underline-offset-4 pointer-coarse:py-3"
              >
                {label}
              </Link>
            </Detail>
          ))}
        </DetailList>
        {event.error && (
          <div className="grid gap-1 text-sm">
            <p className="text-muted-foreground">{ERROR_LABELS[event.status] ?? 'Last error'}</p>
            <pre className="whitespace-pre-wrap break-words rounded-lg bg-destructive-soft px-4 py-3 font-mono text-destructive-soft-foreground text-xs">
              {event.error}
            </pre>
          </div>
        )}
      </CardContent>
    </Card>
  )
}
