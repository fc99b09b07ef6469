import Link from 'next/link'
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from '@/components/ui/table'
import type { DeliverySummary } from '@/lib/admin/list-deliveries'
import { formatDateTime } from '@/lib/format'
import { StateBadge } from './state-badge'

/** Deliveries of the inbox, newest first; each row leads to the delivery. */
export function DeliveriesTable({ deliveries }: { deliveries: readonly DeliverySummary[] }) {
  return (
    <Table>
      <TableHeader>
        <TableRow className="hover:bg-transparent">
          <TableHead>Delivery</TableHead>
          <TableHead className="max-md:hidden">Received (UTC)</TableHead>
          <TableHead className="text-right max-sm:hidden">Attempts</TableHead>
          <TableHead className="text-right">State</TableHead>
        </TableRow>
      </TableHeader>
      <TableBody>
        {deliveries.map((delivery) => (
          <TableRow key={delivery.id} className="relative">
            <TableCell className="w-full max-w-0">
              {/* The link covers the whole row. */}
              <Link
                href={{ pathname: `/admin/webhooks/${encodeURIComponent(delivery.id)}` }}
                className="block truncate font-medium after:absolute after:inset-0"
              >
                {delivery.type}
              </Link>
              <span className="block truncate font-mono text-muted-foreground text-xs">{delivery.id}</span>
              <time
                dateTime={delivery.received_at}
                className="block truncate text-muted-foreground text-xs md:hidden"
              >
                {formatDateTime(delivery.received_at)}
              </time>
              {delivery.status === 'failed' && delivery.error && (
                <span className="block truncate text-destructive-soft-foreground text-xs">
                  {delivery.error}
                </span>
              )}
            </TableCell>
            <TableCell className="figures text-muted-foreground max-md:hidden">
              <time dateTime={delivery.received_at}>{formatDateTime(delivery.received_at)}</time>
            </TableCell>
            <TableCell className="figures text-right max-sm:hidden">{delivery.attempts}</TableCell>
            <TableCell className="text-right">
              <StateBadge state={delivery.status} />
            </TableCell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  )
}
