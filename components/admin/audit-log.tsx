import { SignedAmount } from '@/components/credits/signed-amount'
import { Badge } from '@/components/ui/badge'
import { Card, CardContent, CardDescription, CardHeader, CardTitle } from '@/components/ui/card'
import { type AuditEntry, readAuditLog } from '@/lib/admin/read-audit-log'
import { formatDateTime, formatMoney } from '@/lib/format'

const ENTRIES = 10

/** Who corrected this user's balance, when and why, and what was refused. */
export async function AuditLog({ userId }: { userId: string }) {
  const entries = await readAuditLog(userId, ENTRIES)
  return (
    <Card>
      <CardHeader>
        <CardTitle>Audit log</CardTitle>
        <CardDescription>Corrections by admins, and whatever was refused.</CardDescription>
      </CardHeader>
      <CardContent>
        {entries.length === 0 && <p className="text-muted-foreground text-sm">Nothing so far.</p>}
        <ul className="grid divide-y">
          {entries.map((entry) => (
            <AuditLine key={entry.id} entry={entry} />
          ))}
        </ul>
      </CardContent>
    </Card>
  )
}

function AuditLine({ entry }: { entry: AuditEntry }) {
  return (
    <li className="grid gap-1 py-3 text-sm first:pt-0 last:pb-0">
      <p className="flex flex-wrap items-center gap-x-2 gap-y-1">
        {entry.amount !== null && <SignedAmount amount={entry.amount} />}
        {entry.money && (
          <span className="figures font-medium">
            Refund of {formatMoney(entry.money.amount, entry.money.currency)}
          </span>
        )}
        {entry.tier !== undefined && (
          <Badge variant="outline">{entry.tier ? `Membership ${entry.tier}` : 'No membership'}</Badge>
        )}
        {entry.refused && <Badge variant="destructive">Refused</Badge>}
        <span className="min-w-0 break-words">{entry.reason ?? entry.action}</span>
      </p>
      {entry.refusal && <p className="break-words text-muted-foreground">{entry.refusal}</p>}
      <p className="break-words text-muted-foreground text-xs">
        <span>{entry.actor && `${entry.actor} · `}</span>
        <time dateTime={entry.createdAt}>{formatDateTime(entry.createdAt)} UTC</time>
      </p>
    </li>
  )
}
