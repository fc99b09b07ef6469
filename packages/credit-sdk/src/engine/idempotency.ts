import { IdempotencyKeyConflictError } from '../errors.ts'
import type { StoredResult } from '../records.ts'
import type { KeyClaim } from '../storage/commands.ts'
import { checkId } from './arguments.ts'

/** The column of the guides is a VARCHAR(255). */
const MAX_LENGTH = 255

/**
 * The key under which a user's idempotency key is stored. Two users never share one, and neither do two keys that a
 * database compares without case or trailing spaces.
 */
export async function scopeKey(userId: string, idempotencyKey: string, scope?: string): Promise<string> {
  const key = [...(scope === undefined ? [] : [scope]), userId, idempotencyKey].map(encode).join(':')
  return key.length <= MAX_LENGTH ? key : `sha256:${await hash(key)}`
}

/** What the key stands for: everything that changes what the operation does, in one order. */
export function describeRequest(operation: string, parts: Readonly<Record<string, unknown>>): string {
  return JSON.stringify([operation, sort(parts)])
}

/** @throws InvalidArgumentError for a key that is empty or not a string */
export async function claimKey(
  userId: string,
  idempotencyKey: string | undefined,
  request: string,
  { now, ttl, scope }: { now: Date; ttl: number; scope: string | undefined },
): Promise<KeyClaim | undefined> {
  if (idempotencyKey === undefined) return undefined
  checkId('idempotencyKey', idempotencyKey)
  const key = await scopeKey(userId, idempotencyKey, scope)
  // Requests can be long, and only have to be compared.
  return { key, request: await hash(request), expiresAt: new Date(now.getTime() + ttl * 1000) }
}

/** @throws IdempotencyKeyConflictError when the key was used for another request */
export function readReplay(
  stored: StoredResult,
  keyClaim: KeyClaim | undefined,
  idempotencyKey: string | undefined,
): StoredResult['result'] {
  if (stored.request !== keyClaim?.request)
    throw new IdempotencyKeyConflictError(idempotencyKey ?? '', stored.result)
  return stored.result
}

function encode(text: string): string {
  return text.replace(/[^a-z0-9_.-]/g, (character) => `~${character.charCodeAt(0).toString(16)}~`)
}

async function hash(text: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text))
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('')
}

function sort(value: unknown): unknown {
  if (value instanceof Date) return value.toISOString()
  if (Array.isArray(value)) return value.map(sort)
  if (typeof value !== 'object' || value === null) return value
  return Object.entries(value)
    .filter(([, part]) => part !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, part]) => [name, sort(part)])
}
