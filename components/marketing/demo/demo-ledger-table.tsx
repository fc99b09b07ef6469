import { SignedAmount } from '@/components/credits/signed-amount'
import { TransactionTypeBadge } from '@/components/credits/transaction-type-badge'
import { formatCredits } from '@/lib/format'
import { demo } from '../content'
import type { DemoLedger } from './ledger'

const VISIBLE_ROWS = 5

/** The newest rows of the demo's ledger; the height stays, so the page does not move under the pointer. */
export function DemoLedgerTable({ ledger }: { ledger: DemoLedger }) {
  return (
    <div className="h-[17rem] overflow-hidden">
      <table className="w-full text-sm">
        <caption className="sr-only">Ledger of the demo, newest first</caption>
        <thead>
          <tr className="h-9 text-left text-muted-foreground text-xs [&>th]:font-medium">
            <th scope="col" className="pl-4">
              Type
            </th>
            <th scope="col" className="hidden sm:table-cell">
              What
            </th>
            <th scope="col" className="text-right">
              Amount
            </th>
            <th scope="col" className="pr-4 text-right">
              Balance
            </th>
          </tr>
        </thead>
        <tbody>
          {ledger.slice(0, VISIBLE_ROWS).map((entry) => (
            <tr key={entry.seq} className="fade-in slide-in-from-top-1 h-11 animate-in border-t duration-300">
              <td className="pl-4">
                <TransactionTypeBadge type={entry.type} />
              </td>
              <td className="hidden text-muted-foreground sm:table-cell">{entry.description}</td>
              <td className="text-right">
                <SignedAmount amount={entry.amount} />
              </td>
              <td className="figures pr-4 text-right text-muted-foreground">
                {formatCredits(entry.balanceAfter)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {ledger.length === 0 && <p className="border-t p-4 text-muted-foreground text-sm">{demo.empty}</p>}
    </div>
  )
}
