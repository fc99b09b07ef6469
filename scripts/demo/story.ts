import type { Engine } from './engine.ts'
import type { Shop } from './payments/shop.ts' // #only payments
import type { Person } from './people.ts'

/** What the acts of the story are told with. */
export type Story = {
  engine: Engine
  shop: Shop // #only payments
  /** Who does what an admin does. */
  admin: Person
}

/** Something that happens, in milliseconds after the story began. */
export type Act = { at: number; tell(story: Story): Promise<unknown> }

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS

/** How long the story takes. */
export const DAYS = 60
export const STORY_MS = DAYS * DAY_MS

/** A day and an hour of the story, in milliseconds after it began. The last day is DAYS - 1. */
export const on = (day: number, hour = 0) => day * DAY_MS + hour * HOUR_MS
