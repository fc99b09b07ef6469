import { CreditsEngine } from 'credit-sdk'
import { PrismaAdapter } from 'credit-sdk/prisma'
import type { PrismaClient } from './generated/client.ts'

/** Users stay as they are; whoever has no row in UserCredits yet has a balance of 0. */
export function createEngine(prisma: PrismaClient): CreditsEngine<object> {
  const mapping = { balances: { table: 'userCredits', id: 'userId' }, users: { table: 'user' } }
  return new CreditsEngine({
    storage: new PrismaAdapter(prisma, { mapping }),
    config: { costs: { act: { default: 10 } } },
  })
}
