import type { Page } from '@playwright/test'
import type { CAST } from '../demo/people.ts'

/** Somebody of the demo. */
export type Who = keyof typeof CAST

/** A page in a state. */
export type Scene = {
  name: string
  path: string
  /** Who has signed in; nobody when left out. */
  as?: Who
  /** What is done there before the picture. */
  act?: (page: Page) => Promise<void>
}
