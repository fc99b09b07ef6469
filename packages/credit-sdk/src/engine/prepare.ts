import type { Metadata } from '../records.ts'
import type { Command } from '../storage/commands.ts'
import { checkId, checkMetadata } from './arguments.ts'
import { claimKey, describeRequest } from './idempotency.ts'
import { newId } from './new-id.ts'
import type { EngineContext } from './types.ts'

type Request = {
  kind: string
  userId: string
  action: string
  idempotencyKey: string | undefined
  metadata: Metadata | undefined
  /** What, besides the action, makes it another request under the same key. */
  parts: Readonly<Record<string, unknown>>
}

/**
 * What the commands of all operations have in common.
 * @throws InvalidArgumentError
 */
export async function prepare<Txn>(
  { storage, config, now: readClock }: EngineContext<Txn>,
  { kind, userId, action, idempotencyKey, metadata = {}, parts }: Request,
): Promise<Command> {
  checkId('userId', userId)
  checkId('action', action)
  checkMetadata(metadata)
  const now = readClock()
  const request = describeRequest(kind, { action, ...parts })
  const { enabled, ttl } = config.idempotency
  const keyClaim = enabled
    ? await claimKey(userId, idempotencyKey, request, { now, ttl, scope: storage.scope })
    : undefined
  return { userId, action, transactionId: newId(), metadata, keyClaim, now, audit: config.audit.enabled }
}
