import 'server-only'
import { randomUUID } from 'node:crypto'
import { env } from '@/lib/env'
import { callFunction } from '@/lib/supabase/call-function'
import { callMany } from './call-many'
import type { deductArguments } from './change-arguments'
import { createWindow } from './create-window'
import type { reserveArguments } from './reserve-arguments'
import { change, holdEnd, reservation } from './results'
import type { settleArguments } from './settle-arguments'
import type { CreditChange, HoldEnd, Reservation } from './types'

type Deduction = ReturnType<typeof deductArguments>
type Reserve = ReturnType<typeof reserveArguments>
type Settle = ReturnType<typeof settleArguments>

const deductAlone = (args: Deduction) => callFunction('deduct_credits', args, change)
const reserveAlone = (args: Reserve) => callFunction('reserve_credits', args, reservation)
const settleAlone = (args: Settle) => callFunction('settle_hold', args, holdEnd)

/** The windows of this process; none while `CHARGE_WINDOW_MS` is 0. */
const windows = new Map<number, ReturnType<typeof openWindows>>()

function openWindows(milliseconds: number) {
  return {
    deduct: createWindow<Deduction, CreditChange>({
      milliseconds,
      sendAlone: deductAlone,
      sendTogether: (calls) => callMany('deduct_many', calls, change),
    }),
    reserve: createWindow<Reserve, Reservation>({
      milliseconds,
      sendAlone: reserveAlone,
      sendTogether: (calls) => callMany('reserve_many', calls, reservation),
    }),
    settle: createWindow<Settle, HoldEnd>({
      milliseconds,
      sendAlone: settleAlone,
      sendTogether: (calls) => callMany('settle_many', calls, holdEnd),
    }),
  }
}

function currentWindows(): ReturnType<typeof openWindows> | undefined {
  const { CHARGE_WINDOW_MS: milliseconds } = env()
  if (milliseconds === 0) return undefined
  const opened = windows.get(milliseconds) ?? openWindows(milliseconds)
  windows.set(milliseconds, opened)
  return opened
}

/** Charges a wallet, together with charges that come within `CHARGE_WINDOW_MS` of it where that is set. */
export async function deduct(args: Deduction): Promise<CreditChange> {
  const window = currentWindows()
  return window ? window.deduct({ ...args, ...keyOf(args) }) : deductAlone(args)
}

/** Reserves for a run, together with reservations that come within `CHARGE_WINDOW_MS` of it where that is set. */
export async function reserve(args: Reserve): Promise<Reservation> {
  const window = currentWindows()
  if (!window) return reserveAlone(args)
  const reserved = await window.reserve({ ...args, ...keyOf(args) })
  // Nobody but this call knows the key that it was given: what it replays is its own.
  return args.p_idempotency_key === undefined ? { ...reserved, replayed: false } : reserved
}

/** Settles a hold, together with others that end within `CHARGE_WINDOW_MS` of it where that is set. A hold is its own key. */
export async function settle(args: Settle): Promise<HoldEnd> {
  return (currentWindows()?.settle ?? settleAlone)(args)
}

/** A call without a key is given one, so that it is charged once although it may be sent twice. */
function keyOf({
  p_idempotency_key: key,
  p_request_hash: hash,
}: Pick<Deduction, 'p_idempotency_key' | 'p_request_hash'>) {
  return key === undefined
    ? { p_idempotency_key: `window:${randomUUID()}`, p_request_hash: hash ?? 'window' }
    : {}
}
