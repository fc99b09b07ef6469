import type { ResolvedConfig } from '../config/read-config.ts'
import type { User } from '../records.ts'

/** The tier that counts now: an expired one is none. */
export function effectiveTier(
  user: Pick<User, 'membershipTier' | 'membershipExpiresAt'>,
  now: Date,
): string | null {
  return isExpired(user, now) ? null : user.membershipTier
}

export function isExpired({ membershipExpiresAt }: Pick<User, 'membershipExpiresAt'>, now: Date): boolean {
  return membershipExpiresAt !== null && membershipExpiresAt.getTime() <= now.getTime()
}

/** Whether somebody of this tier may do the action. A tier the configuration does not know reaches no requirement. */
export function mayDo(config: ResolvedConfig, action: string, tier: string | null): boolean {
  const required = config.requirements.get(action)
  if (required === undefined) return true
  const level = tier === null ? undefined : config.levels.get(tier)
  return level !== undefined && level >= (config.levels.get(required) ?? Number.POSITIVE_INFINITY)
}
