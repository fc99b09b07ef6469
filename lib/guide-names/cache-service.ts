import 'server-only'
import { z } from 'zod'
import { cacheService as ownCacheService } from '@/lib/credits'
import { BadRequestError } from '@/lib/http/errors'

const balanceKey = z.templateLiteral([
  'user_credits:',
  z.uuid(),
  ':',
  z.string().regex(/^[a-z][a-z0-9_]{0,39}$/),
])

/**
 * Forgets what is cached of a balance, by a key like `user_credits:{userId}:{type}`. Why: the guides expect to be told of
 * a key that names none, where ours has nothing to forget then.
 */
export const cacheService = {
  /** @throws BadRequestError for a key that names no balance */
  async invalidate(key: string): Promise<void> {
    if (!balanceKey.safeParse(key).success) {
      throw new BadRequestError('The key of a balance is user_credits:{userId}:{creditType}.')
    }
    await ownCacheService.invalidate(key)
  },
}
