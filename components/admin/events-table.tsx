import Link from 'next/link'
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from '@/components/ui/table'
import type { EventSummary } from '@/lib/admin/list-events'
import { readFormat } from '@/lib/reader/read-reader'
import { StateBadge } from './state-badge'

/** Payment events, newest first; each row leads to the event. */
export async function EventsTable({ events }: { events: readonly EventSummary[] }) {
  const { formatDateTime, formatTimestamp, timeZone } = await readFormat()
  return (
    <Table>
      <TableHeader>
        <TableRow className="hover:bg-transparent">
          <TableHead>Event</TableHead>
          <TableHead className="max-md:hidden">{`Received (${timeZone})`}</TableHead>
          <TableHead className="text-right max-sm:hidden">Attempts</TableHead>
          <TableHead className="text-right">State</TableHead>
        </TableRow>
      </TableHeader>
      <TableBody>
        {events.map((event) => (
          <TableRow key={event.id} className="relative">
            <TableCell className="w-full max-w-0">
              {/* The link covers the whole row. */}
              <Link
                href={{ pathname: `/admin/webhooks/${encodeURIComponent(event.id)}` }}
                className="block truncate font-medium after:absolute after:inset-0"
              >
                {event.type}
              </Link>
              <span className="block truncate font-mono text-muted-foreground text-xs">{event.id}</span>
              <time
                dateTime={event.received_at}
                className="block whitespace-normal text-muted-foreground text-xs md:hidden"
              >
                {formatTimestamp(event.received_at)}
              </time>
              {(event.status === 'failed' || event.status === 'review') && event.error && (
                <span className="block truncate text-destructive-soft-foreground text-xs">{event.error}</span>
              )}
            </TableCell>
            <TableCell className="figures text-muted-foreground max-md:hidden">
              <time dateTime={event.received_at}>{formatDateTime(event.received_at)}</time>
            </TableCell>
            <TableCell className="figures text-right max-sm:hidden">{event.attempts}</TableCell>
            <TableCell className="text-right">
              <StateBadge state={event.status} />
            </TableCell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  )
}
