import { PLANS } from './provider-plans.ts'
import { PURCHASES } from './provider-purchases.ts'
import type { ProviderStory } from './provider-story.ts'

/** Told at every provider, with the same end. */
export const PROVIDER_STORIES: readonly ProviderStory[] = [...PURCHASES, ...PLANS]
