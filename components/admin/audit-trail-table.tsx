import Link from 'next/link'
import { Badge } from '@/components/ui/badge'
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from '@/components/ui/table'
import type { AuditTrailEntry } from '@/lib/admin/list-audit-trail'
import { formatDateTime, formatMoney } from '@/lib/format'

/** Entries of the audit trail, newest first: what was done to whom, by whom, and why, or why it was refused. */
export function AuditTrailTable({ entries }: { entries: readonly AuditTrailEntry[] }) {
  return (
    <Table>
      <TableHeader>
        <TableRow className="hover:bg-transparent">
          <TableHead>Entry</TableHead>
          <TableHead className="max-lg:hidden">By</TableHead>
          <TableHead className="max-md:hidden">Date (UTC)</TableHead>
          <TableHead className="text-right">Outcome</TableHead>
        </TableRow>
      </TableHeader>
      <TableBody>
        {entries.map((entry) => (
          <TableRow key={entry.id} className="align-top">
            <TableCell className="w-full max-w-0 whitespace-normal">
              <span className="font-medium">{entry.action}</span>
              {entry.reason && <span className="block break-words">{entry.reason}</span>}
              {entry.target_user_id && (
                <Link
                  href={`/admin/users/${entry.target_user_id}`}
                  className="block w-fit max-w-full truncate text-muted-foreground text-xs underline-offset-4 hover:underline"
                >
                  {entry.target}
                </Link>
              )}
              <span className="figures block break-words text-muted-foreground text-xs">
                {describeDetails(entry.details)}
              </span>
              <span className="block break-words text-muted-foreground text-xs lg:hidden">
                <span className="md:hidden">{formatDateTime(entry.created_at)}</span>
                <span>{entry.actor && ` by ${entry.actor}`}</span>
              </span>
            </TableCell>
            <TableCell className="max-w-44 truncate align-top text-muted-foreground max-lg:hidden">
              {entry.actor ?? 'The system'}
            </TableCell>
            <TableCell className="figures align-top text-muted-foreground max-md:hidden">
              <time dateTime={entry.created_at}>{formatDateTime(entry.created_at)}</time>
            </TableCell>
            <TableCell className="text-right align-top">
              {entry.outcome === 'success' ? (
                <Badge variant="outline">Done</Badge>
              ) : (
                <Badge variant="destructive">Refused</Badge>
              )}
            </TableCell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  )
}

function describeDetails(details: AuditTrailEntry['details']): string {
  const { amount, currency, ...rest } = details
  const isMoney = typeof amount === 'number' && typeof currency === 'string'
  const shown = isMoney ? { amount: formatMoney(amount, currency), ...rest } : details
  return Object.entries(shown)
    .filter(([, value]) => value !== null && value !== '')
    .map(
      ([name, value]) =>
        `${name.replaceAll('_', ' ')} ${typeof value === 'object' ? JSON.stringify(value) : value}`,
    )
    .join(' · ')
}
