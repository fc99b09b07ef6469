import { PrismaPg } from '@prisma/adapter-pg'
import { CreditsEngine } from 'credit-sdk'
import { PrismaAdapter } from 'credit-sdk/prisma'
import { PrismaClient } from './generated/client.ts'

// Connection pool settings: the pool is the driver's own in Prisma 7
export function createClient(connectionString: string): PrismaClient {
  return new PrismaClient({ adapter: new PrismaPg({ connectionString, max: 10 }) })
}

export function createEngine(prisma: PrismaClient): CreditsEngine<object> {
  const adapter = new PrismaAdapter(prisma)
  const engine = new CreditsEngine({
    storage: adapter,
    config: {
      // your configuration
      costs: { 'generate-post': { default: 10 } },
    },
  })
  return engine
}
