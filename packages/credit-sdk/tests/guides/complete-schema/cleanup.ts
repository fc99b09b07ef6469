import cron, { type ScheduledTask } from 'node-cron'
import type { PrismaClient } from './generated/client.ts'

/** Cleanup job (run daily). It does what `engine.deleteExpiredKeys()` does. */
export async function cleanupExpiredIdempotency(prisma: PrismaClient): Promise<number> {
  const result = await prisma.idempotencyRecord.deleteMany({
    where: {
      expiresAt: {
        lt: new Date(),
      },
    },
  })
  return result.count
}

// Schedule with your job runner (e.g., node-cron). A timer of 24 hours begins again with every deployment.
export function scheduleCleanup(prisma: PrismaClient, expression = '0 0 * * *'): ScheduledTask {
  return cron.schedule(expression, () => cleanupExpiredIdempotency(prisma))
}
