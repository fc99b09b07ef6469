import { openAccounts } from './accounts.ts'

const { db, engine } = openAccounts()
const account = { accountId: 7, tokenBalance: null, subscription: 'PRO_PLAN', subscriptionEndDate: null }
await db.insertInto('accounts').values(account).execute()

await engine.grant({ userId: '7', amount: 100, action: 'initial-grant', idempotencyKey: 'initial-grant' })
const { cost, balanceAfter } = await engine.charge({ userId: '7', action: 'generate-post' })
console.log(`Charged ${cost} as ${account.subscription}, ${balanceAfter} left.`)
await db.destroy()
