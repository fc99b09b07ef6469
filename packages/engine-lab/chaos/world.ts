import type { Operation } from './plan.ts'

/** What a function of the engine answers, as far as the storm looks at it. */
export type EngineResult = {
  ok: boolean
  code?: string
  transaction_id?: number
  amount?: number
  balance?: number
  replayed?: boolean
  /** Of many at once, the answer of each. */
  results?: EngineResult[]
}

/** Something that must not be: which rule, and all there is to know about it. */
export type Violation = { rule: string; details: Record<string, unknown> }

export type Report = (rule: string, details: Record<string, unknown>) => void

/** What the clients know and have been told. */
export type World = {
  people: string[]
  admin: string
  /** When each batch began, in ms. */
  starts: number[]
  holds: number[]
  charges: number[]
  answers: { operation: Operation; answer: EngineResult }[]
  complaints: Violation[]
  /** Ledger rows that were there after the last batch. */
  rows: number
  counts: Map<string, number>
}

export function count(world: World, name: string): void {
  world.counts.set(name, (world.counts.get(name) ?? 0) + 1)
}

/** Counts back from the newest, round and round; undefined when there are none. */
export function newest(ids: readonly number[], back: number): number | undefined {
  return ids.at(-1 - (back % Math.max(ids.length, 1)))
}
