import Link from 'next/link'
import { Button } from '@/components/ui/button'
import { Card, CardContent, CardDescription, CardHeader, CardTitle } from '@/components/ui/card'
import { readAuditLog } from '@/lib/admin/read-audit-log'
import { AuditEntries } from './audit-entries'

const ENTRIES = 10

/** Who corrected this user's balance, when and why, and what was refused. */
export async function AuditLog({ userId }: { userId: string }) {
  const { entries, isCut } = await readAuditLog(userId, ENTRIES)
  return (
    <Card className="gap-2 pb-0">
      <CardHeader>
        <CardTitle>Audit log</CardTitle>
        <CardDescription>Corrections by admins, and whatever was refused.</CardDescription>
      </CardHeader>
      {entries.length > 0 ? (
        <AuditEntries entries={entries} />
      ) : (
        <CardContent className="pb-5 text-muted-foreground text-sm">Nothing so far.</CardContent>
      )}
      <div className="flex flex-wrap items-center justify-between gap-2 border-t px-5 py-3 text-muted-foreground text-sm">
        <span>{isCut ? `The newest ${ENTRIES} are shown.` : 'Charges are in the audit trail.'}</span>
        <Button asChild variant="outline" size="sm">
          <Link href={{ pathname: '/admin/audit', query: { q: userId } }}>Audit trail</Link>
        </Button>
      </div>
    </Card>
  )
}
