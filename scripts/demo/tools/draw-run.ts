import { pricesByComplexity } from '../../../lib/credits/pricing.ts'
import { pricesByTier } from '../../../lib/tiers.ts'
import type { Random } from '../../random.ts'
import type { DemoRun } from './run-tool.ts'
import { QUESTIONS, REVISIONS, TEXTS, TITLES } from './texts.ts'

type Draw = (random: Random) => DemoRun

const COMPLEXITIES = ['low', 'low', 'medium', 'high'] as const
const FAILURES = ['It took too long.', 'Something went wrong on our side.'] as const
const FAILED_RUNS = 0.05

/** The tools of the story: each draws a run as people make them. */
export const TOOLS = {
  // #region text-generation
  summarize: (random) => {
    const complexity = random.pick(COMPLEXITIES)
    const { text, words, ...result } = random.pick(TEXTS)
    const price = pricesByComplexity('text-generation')[complexity]
    return {
      tool: 'text-generation',
      name: 'Summarize a text',
      prices: pricesByTier(() => price),
      explained: { rule: 'text-generation × complexity', input: { complexity } },
      input: { text, complexity },
      result: {
        ...result,
        sentences: { before: 4, after: 2 },
        words: { before: words[0], after: words[1] },
      },
    }
  },
  // #endregion
  // #region social-card
  draw: (random) => {
    const complexity = random.pick(COMPLEXITIES)
    const price = pricesByComplexity('image-generation')[complexity]
    return {
      tool: 'image-generation',
      name: 'Draw a social card',
      prices: pricesByTier(() => price),
      explained: { rule: 'image-generation × complexity', input: { complexity } },
      input: { title: random.pick(TITLES), subtitle: '', theme: 'light', complexity },
    }
  },
  // #endregion
  // #region image-converter
  convert: (random) => {
    const images = random.between(1, 6)
    const unreadable = images > 2 && random.chance(0.2)
    return {
      tool: 'image-conversion',
      name: 'Convert images',
      prices: pricesByTier(() => images),
      explained: { rule: '1 per image converted', input: { images, format: 'webp' } },
      input: {
        images: Array.from({ length: images }, (_, index) => `photo-${index + 1}.jpg`),
        format: 'webp',
      },
      ...(unreadable && { charged: images - 1 }),
    }
  },
  // #endregion
  // #region find-duplicates
  compare: (random) => {
    const blocks = random.between(1, 4)
    return {
      tool: 'find-duplicates',
      name: 'Find duplicates',
      prices: pricesByTier(() => blocks),
      explained: { rule: '1 per 500 lines', input: { lines: blocks * 500 - random.between(20, 400) } },
      input: { list: 'Weber & Co.\nWeber and Co\nStudio Lind\nStudio Lind AB\nNorthwind', likeness: 'close' },
    }
  },
  // #endregion
  // #region compare-texts
  contrast: (random) => {
    const { changes, parts } = random.pick(REVISIONS)
    const version = (own: string) =>
      parts.map(([kind, text]) => (kind === 'same' || kind === own ? text : '')).join('')
    const [before, after] = [version('removed'), version('added')]
    return {
      tool: 'compare-texts',
      name: 'Compare two texts',
      requiredTier: 'pro',
      prices: pricesByTier(() => 1),
      explained: { rule: '1 per 10,000 characters', input: { characters: before.length + after.length } },
      input: { before, after, unit: 'words' },
      result: { changes, parts: parts.map(([kind, text]) => ({ kind, text })) },
    }
  },
  // #endregion
  // #region ask-ai ai
  ask: (random) => ({
    tool: 'ask-ai',
    name: 'Ask AI',
    prices: { default: 5, pro: 4, enterprise: 3 },
    explained: { rule: 'by 1,000 tokens of question and answer', input: { length: 'short' } },
    input: { prompt: random.pick(QUESTIONS), length: 'short' },
    charged: random.between(1, 3),
    ownerCost: random.between(600, 2_400),
  }),
  // #endregion
} satisfies Record<string, Draw>

/** A run of any of the tools; one in twenty fails. */
export function drawRun(random: Random): DemoRun {
  const [first, ...rest] = Object.values<Draw>(TOOLS)
  if (!first) throw new Error('There is no tool to run.')
  const run = random.pick([first, ...rest])(random)
  return random.chance(FAILED_RUNS) ? { ...run, failure: random.pick(FAILURES) } : run
}
