import { openWorkspace, spendingByMember } from './workspace.ts'

const workspace = openWorkspace()
const { db, engine } = workspace
await db.insertInto('organizations').values({ id: 'acme', name: 'Acme', membership_tier: 'team' }).execute()
for (const id of ['ada', 'ben'])
  await db
    .insertInto('members')
    .values({ id, email: `${id}@example.com`, organization_id: 'acme' })
    .execute()

await engine.grant({ userId: 'ada', amount: 100, action: 'purchase', idempotencyKey: 'invoice-1' })
await engine.charge({ userId: 'ada', action: 'report' })
await engine.charge({ userId: 'ben', action: 'report' })
await engine.charge({ userId: 'ben', action: 'report' })
console.log(
  `${await engine.queryBalance('ada')} credits are left.`,
  await spendingByMember(workspace, 'acme'),
)
await db.destroy()
