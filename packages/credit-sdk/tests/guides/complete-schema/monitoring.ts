import { PrismaPg } from '@prisma/adapter-pg'
import { PrismaClient } from './generated/client.ts'

/** Enables query logging, as events. Parameters are left out: they may be personal. */
export function createLoggingClient(connectionString: string, slowMs = 1000, warn = console.warn) {
  const prisma = new PrismaClient({
    adapter: new PrismaPg({ connectionString }),
    log: [{ emit: 'event', level: 'query' }, 'info', 'warn', 'error'],
  })
  // Monitor slow queries
  prisma.$on('query', (e) => {
    if (e.duration > slowMs) {
      warn('Slow query detected:', {
        query: e.query,
        duration: e.duration,
      })
    }
  })
  return prisma
}
