import 'server-only'
import { createHash, timingSafeEqual } from 'node:crypto'
import { env } from '@/lib/env'
import { UnauthorizedError } from '@/lib/http/errors'

/** Refuses a request without `Authorization: Bearer CRON_SECRET`. @throws UnauthorizedError */
export function requireScheduler(request: Request): void {
  const secret = env().CRON_SECRET
  const given = request.headers.get('authorization') ?? ''
  if (!secret || !timingSafeEqual(digest(given), digest(`Bearer ${secret}`))) {
    throw new UnauthorizedError('This is for the scheduler, which sends CRON_SECRET.')
  }
}

/** Digests have one length, so comparing them tells nothing of the secret's. */
function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}
