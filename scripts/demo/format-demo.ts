import { styleText } from 'node:util'
import { CAST, DEMO_PASSWORD, type Person } from './people.ts'
import type { DemoCounts } from './tell-demo.ts'

/** Whose pages show what. */
const TO_SEE: readonly (readonly [Person, string])[] = [
  [CAST.priya, 'many runs every day'],
  // #region payments
  [CAST.elena, 'a plan on hold, since its renewal was declined'],
  [CAST.chen, 'a dispute, and the debt that it left'],
  [CAST.noor, 'a new account with an unfinished payment'],
  // #endregion
  [CAST.sam, 'banned'],
]

/** What a person at the terminal is told of the demo, before the addresses. */
export function formatDemo({ users, transactions, runs, payments, plans }: DemoCounts): string {
  const others = TO_SEE.map(([{ email }, about]) => `  ${email.padEnd(26)}${styleText('dim', about)}`)
  return [
    '',
    `  ${users} users, ${runs} runs, ${payments} payments, ${plans} plans, ${transactions} transactions.`,
    '  verify_ledger() checked every one of them and found nothing wrong.',
    '',
    `  Besides the two logins below, everybody has the password ${styleText('bold', DEMO_PASSWORD)}:`,
    ...others,
  ].join('\n')
}
