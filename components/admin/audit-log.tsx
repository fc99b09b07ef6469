import { SignedAmount } from '@/components/credits/signed-amount'
import { Badge } from '@/components/ui/badge'
import { Card, CardContent, CardHeader, CardTitle } from '@/components/ui/card'
import { readAuditLog } from '@/lib/admin/read-audit-log'
import { formatDateTime } from '@/lib/format'

const ENTRIES = 10

/** Who corrected this user's balance or tried to, when, and why. */
export async function AuditLog({ userId }: { userId: string }) {
  const entries = await readAuditLog(userId, ENTRIES)
  return (
    <Card>
      <CardHeader>
        <CardTitle>Audit log</CardTitle>
      </CardHeader>
      <CardContent>
        {entries.length === 0 && (
          <p className="text-muted-foreground text-sm">No admin has touched this balance.</p>
        )}
        <ul className="grid divide-y">
          {entries.map((entry) => (
            <li key={entry.id} className="grid gap-1 py-3 text-sm first:pt-0 last:pb-0">
              <p className="flex flex-wrap items-center gap-2">
                {entry.amount !== null && <SignedAmount amount={entry.amount} />}
                {entry.outcome === 'failure' && <Badge variant="destructive">Refused</Badge>}
                <span className="min-w-0 break-words">{entry.reason}</span>
              </p>
              {entry.refusal && <p className="text-muted-foreground">{entry.refusal}</p>}
              <p className="break-words text-muted-foreground text-xs">
                {entry.actor} · <time dateTime={entry.createdAt}>{formatDateTime(entry.createdAt)} UTC</time>
              </p>
            </li>
          ))}
        </ul>
      </CardContent>
    </Card>
  )
}
