import 'server-only'
import { z } from 'zod'
import { logger } from '@/lib/logger'
import { createAdminClient } from './admin'
import { checkArguments } from './check-arguments'
import type { Database } from './database.types'
import { constraintToError, RefusedError, refusalToError } from './refusals'

type Functions = Database['public']['Functions']
type FunctionName = keyof Functions & string

const SLOW_MS = 1000

/** What a function answers that refuses, or one entry of a batch. */
export const refusal = z.looseObject({ ok: z.literal(false), code: z.string(), message: z.string() })

/**
 * Calls a function of the database as the server and reads its result. The only place that does.
 * @throws RefusedError when the function refuses, and has changed nothing
 * @throws Error when the database fails or answers something else
 */
export async function callFunction<Name extends FunctionName, Schema extends z.ZodType>(
  name: Name,
  args: Functions[Name]['Args'],
  result: Schema,
): Promise<z.output<Schema>> {
  return monitorOperation(name, subjectOf({ ...args }), async () => {
    const data = await send(name, args)
    const refused = refusal.safeParse(data)
    if (refused.success) throw refusalToError(refused.data)
    return result.parse(data)
  })
}

/** Calls a function that gives rows, and never refuses; the log gets their number alone. @throws as `callFunction` */
export async function readFunction<Name extends FunctionName>(
  name: Name,
  args: Functions[Name]['Args'],
): Promise<Functions[Name]['Returns']> {
  return monitorOperation(name, subjectOf({ ...args }), () => send(name, args), countRows)
}

async function send<Name extends FunctionName>(
  name: Name,
  args: Functions[Name]['Args'],
): Promise<Functions[Name]['Returns']> {
  checkArguments({ ...args })
  const { data, error } = await createAdminClient().rpc(name, args)
  if (!error) return data
  throw constraintToError(error) ?? new Error(`${name} failed: ${error.message}`, { cause: error })
}

function subjectOf({ p_user_id, p_transaction_id }: Record<string, unknown>): Subject {
  return {
    ...(typeof p_user_id === 'string' && { userId: p_user_id }),
    ...(typeof p_transaction_id === 'number' && { transactionId: p_transaction_id }),
  }
}

function countRows(result: unknown): unknown {
  return Array.isArray(result) ? { rows: result.length } : undefined
}

/** Whose or what an operation is about: shown with every line about it. */
export type Subject = { userId?: string; transactionId?: number }

/**
 * Runs one operation and logs it: each at debug level (shown in development), refusals with their code, slow ones (over
 * a second) as a warning, unexpected failures as an error. Passes result and error on.
 * @param toLog what is logged of the result: all of it by default
 */
export async function monitorOperation<Result>(
  operation: string,
  subject: Subject,
  run: () => Promise<Result>,
  toLog: (result: Result) => unknown = (result) => result,
): Promise<Result> {
  const startedAt = performance.now()
  const fields = () => ({ operation, ...subject, durationMs: Math.round(performance.now() - startedAt) })
  try {
    const result = await run()
    logger.debug('operation done', { ...fields(), result: toLog(result) })
    if (performance.now() - startedAt > SLOW_MS) logger.warn('slow operation', fields())
    return result
  } catch (error) {
    if (error instanceof RefusedError) logger.debug('operation refused', { ...fields(), code: error.code })
    else logger.error('operation failed', { ...fields(), error })
    throw error
  }
}
