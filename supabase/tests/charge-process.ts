// A server that charges, in a process of its own: told {userId, callers, forMs}, so many callers charge one credit again and
// again, and it answers how long each charge took, in ms. Start it with kills/app-modules.ts.
import { randomUUID } from 'node:crypto'
import { creditService } from '../../lib/credits/index.ts'

export type ChargeOrder = { userId: string; callers: number; forMs: number }

process.on('message', async ({ userId, callers, forMs }: ChargeOrder) => {
  const times: number[] = []
  const start = performance.now()
  const call = async () => {
    while (performance.now() - start < forMs) {
      const before = performance.now()
      await creditService.deductCredits(userId, 1, { action: 'bench', idempotencyKey: randomUUID() })
      times.push(performance.now() - before)
    }
  }
  await Promise.all(Array.from({ length: callers }, call))
  process.send?.(times)
})
process.send?.('ready')
