import type { Buyer, Delivery } from './events.ts'

/** Somebody with a checkout open for the package pro and one for the plan pro-monthly. */
export type Scene = { buyer: Buyer; session: string; planSession: string }

export type Story = {
  /** What is told, and how it is special. */
  name: string
  before: (scene: Scene) => Delivery[]
  told: (scene: Scene) => Delivery
  /** What would be told next. */
  successor: (scene: Scene) => Delivery
  /** The records once it was told. */
  expected: Record<string, unknown>
}

export const OPEN = { status: 'pending' }
export const DONE = { status: 'succeeded', refunded: 0, dispute: null }
export const NOTHING_YET = { balance: 0, debt: 0, tier: null, periods: [], purchases: [] }
export const RECEIPT = { kind: 'receipt' }
export const STARTED = { kind: 'plan_started' }
