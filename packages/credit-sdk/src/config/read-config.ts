import { ConfigurationError } from '../errors.ts'
import { readBoolean, readEntries, readNumber, readWhole, refuseUnknownKeys } from './checks.ts'
import { type ActionCosts, readCosts } from './read-costs.ts'
import {
  type CreditsConfig,
  DEFAULT_IDEMPOTENCY,
  DEFAULT_RETRY,
  type IdempotencyConfig,
  type RetryConfig,
} from './types.ts'

/** A configuration that was checked, with its formulas read. */
export type ResolvedConfig = {
  costs: ReadonlyMap<string, ActionCosts>
  levels: ReadonlyMap<string, number>
  requirements: ReadonlyMap<string, string>
  caps: ReadonlyMap<string, number>
  retry: RetryConfig
  idempotency: IdempotencyConfig
  audit: { enabled: boolean }
}

/** @throws ConfigurationError that names the first wrong field */
export function readConfig(config: CreditsConfig): ResolvedConfig {
  refuseUnknownKeys('config', config, ['costs', 'membership', 'retry', 'idempotency', 'audit'])
  const levels = readLevels(config.membership)
  const costs = readCosts(config.costs, levels)
  return {
    costs,
    levels,
    requirements: readRequirements(config.membership?.requirements ?? {}, levels, costs),
    caps: readCaps(config.membership?.creditsCaps ?? {}, levels),
    retry: readRetry({ ...DEFAULT_RETRY, ...config.retry }),
    idempotency: readIdempotency({ ...DEFAULT_IDEMPOTENCY, ...config.idempotency }),
    audit: { enabled: readBoolean('audit.enabled', config.audit?.enabled ?? true) },
  }
}

function readLevels(membership: CreditsConfig['membership']): ReadonlyMap<string, number> {
  if (membership === undefined) return new Map()
  refuseUnknownKeys('membership', membership, ['tiers', 'requirements', 'creditsCaps'])
  const levels = new Map<string, number>()
  for (const [tier, level] of readEntries('membership.tiers', membership.tiers)) {
    const field = `membership.tiers.${tier}`
    if (tier === 'default') throw new ConfigurationError(field, 'is the name of the price without a tier')
    const twin = [...levels].find(([, other]) => other === level)
    if (twin) throw new ConfigurationError(field, `has the same level as ${twin[0]}`)
    levels.set(tier, readWhole(field, level, 0))
  }
  if (levels.size === 0) throw new ConfigurationError('membership.tiers', 'has no tier')
  return levels
}

function readRequirements(
  value: unknown,
  levels: ReadonlyMap<string, number>,
  costs: ReadonlyMap<string, ActionCosts>,
): ReadonlyMap<string, string> {
  const requirements = new Map<string, string>()
  for (const [action, tier] of readEntries('membership.requirements', value)) {
    const field = `membership.requirements.${action}`
    if (!costs.has(action)) throw new ConfigurationError(field, 'is not an action of costs')
    if (tier === null) continue
    if (typeof tier !== 'string' || !levels.has(tier))
      throw new ConfigurationError(field, 'must be one of membership.tiers, or null')
    requirements.set(action, tier)
  }
  return requirements
}

function readCaps(value: unknown, levels: ReadonlyMap<string, number>): ReadonlyMap<string, number> {
  const caps = new Map<string, number>()
  for (const [tier, cap] of readEntries('membership.creditsCaps', value)) {
    const field = `membership.creditsCaps.${tier}`
    if (!levels.has(tier)) throw new ConfigurationError(field, 'is not one of membership.tiers')
    caps.set(tier, readWhole(field, cap, 0))
  }
  return caps
}

function readRetry(retry: RetryConfig): RetryConfig {
  refuseUnknownKeys('retry', retry, Object.keys(DEFAULT_RETRY))
  return {
    enabled: readBoolean('retry.enabled', retry.enabled),
    maxAttempts: readWhole('retry.maxAttempts', retry.maxAttempts, 1),
    initialDelay: readNumber('retry.initialDelay', retry.initialDelay, 0),
    maxDelay: readNumber('retry.maxDelay', retry.maxDelay, 0),
    backoffMultiplier: readNumber('retry.backoffMultiplier', retry.backoffMultiplier, 1),
  }
}

function readIdempotency(idempotency: IdempotencyConfig): IdempotencyConfig {
  refuseUnknownKeys('idempotency', idempotency, Object.keys(DEFAULT_IDEMPOTENCY))
  return {
    enabled: readBoolean('idempotency.enabled', idempotency.enabled),
    ttl: readWhole('idempotency.ttl', idempotency.ttl, 1),
  }
}
