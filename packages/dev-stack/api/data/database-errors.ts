import { inspect } from 'node:util'
import { RelationNotFoundError } from '@supabase/lite'

/** The part of a database error that reaches the client. */
type Refusal = { code: string; message: string; detail?: string; hint?: string }

/** PostgREST's answers by SQLSTATE: the longest prefix decides, everything else is the client's fault. */
const STATUS_BY_PREFIX: Readonly<Record<string, number>> = {
  '08': 503,
  '09': 500,
  '0L': 403,
  '0P': 403,
  '23503': 409,
  '23505': 409,
  '25': 500,
  '25006': 405,
  '28': 403,
  '2D': 500,
  '38': 500,
  '39': 500,
  '3B': 500,
  '40': 500,
  '42883': 404,
  '42P01': 404,
  '42P17': 500,
  '53': 503,
  '53400': 500,
  '54': 500,
  '55': 500,
  '57': 500,
  '58': 500,
  F0: 500,
  HV: 500,
  P0: 500,
  P0001: 400,
  XX: 500,
}

/** Raised by SQL that words the whole answer itself: the Data API knows what to do. */
const WORDED_BY_SQL = 'PGRST'
/** Raised by SQL that chooses the status. */
const STATUS_BY_SQL = /^PT([1-5]\d\d)$/

/**
 * Turns an error of Postgres into the answer PostgREST gives, in the form that SQL itself uses to word one.
 * Anything else is returned as it is.
 */
export function toPostgrestError(error: unknown, role: string): unknown {
  if (error instanceof RelationNotFoundError) return briefly(error, error.message)
  if (!isRefusal(error)) return error
  const { code, message, detail = null, hint = null } = error
  if (code === WORDED_BY_SQL) return briefly(error, message)
  const answer = {
    code: WORDED_BY_SQL,
    message: JSON.stringify({ code, message, details: detail, hint }),
    detail: JSON.stringify({ status: statusOf(code, role), headers: {} }),
  }
  return briefly(answer, `${code} ${message}`)
}

/** The Data API prints each error it answers: one line is enough. */
function briefly(error: object, line: string): object {
  return Object.assign(error, { [inspect.custom]: () => `The Data API refused: ${line}` })
}

function statusOf(code: string, role: string): number {
  const chosen = STATUS_BY_SQL.exec(code)?.[1]
  if (chosen) return Number(chosen)
  if (code === '42501') return role === 'anon' ? 401 : 403
  return STATUS_BY_PREFIX[code] ?? STATUS_BY_PREFIX[code.slice(0, 2)] ?? 400
}

function isRefusal(error: unknown): error is Error & Refusal {
  return (
    error instanceof Error &&
    'severity' in error &&
    'code' in error &&
    typeof error.code === 'string' &&
    error.code !== ''
  )
}
