import Link from 'next/link'
import { Card, CardContent, CardDescription, CardHeader, CardTitle } from '@/components/ui/card'
import type { LedgerCheck } from '@/lib/admin/read-job-runs'
import { readFormat } from '@/lib/reader/read-reader'
import { CheckLedgerButton } from './check-ledger-button'

/** What the last check of everybody's ledger found, and the button that checks it now. */
export async function LedgerCheckCard({ ledger }: { ledger: LedgerCheck | null }) {
  const { formatTimestamp } = await readFormat()
  return (
    <Card id="ledger" className="scroll-mt-20">
      <CardHeader>
        <CardTitle>Ledger check</CardTitle>
        <CardDescription>Every row, total, grant and hold of everybody against each other.</CardDescription>
      </CardHeader>
      <CardContent className="grid gap-3 text-sm">
        <p>
          {ledger
            ? `${summarize(ledger.violations)}, checked ${formatTimestamp(ledger.ranAt)}.`
            : 'It was never checked.'}
        </p>
        {ledger && ledger.first.length > 0 && (
          <ul className="grid gap-1">
            {ledger.first.map(({ invariant, user_id, detail }) => (
              <li key={`${invariant} ${user_id} ${detail}`} className="wrap-anywhere">
                <Link
                  href={`/admin/users/${user_id}`}
                  className="inline-block py-1 pointer-coarse:py-3 font-medium underline underline-offset-4"
                >
                  {`${invariant.replaceAll('_', ' ')}: ${detail}`}
                </Link>
              </li>
            ))}
          </ul>
        )}
        <CheckLedgerButton />
      </CardContent>
    </Card>
  )
}

function summarize(violations: number): string {
  if (violations === 0) return 'Everything adds up'
  return violations === 1 ? '1 row breaks a rule' : `${violations} rows break a rule`
}
