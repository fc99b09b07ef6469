const BASE_COSTS = {
  'text-generation': 1,
  'image-generation': 3,
  'video-processing': 10,
} as const

const MULTIPLIERS = { low: 1, medium: 1.5, high: 2 } as const

export type ToolType = keyof typeof BASE_COSTS
export type Complexity = keyof typeof MULTIPLIERS

/** The complexities a tool can be run with, from the cheapest to the dearest. */
export const COMPLEXITIES = ['low', 'medium', 'high'] as const satisfies readonly Complexity[]

/**
 * What one run costs in whole credits: the tool's base cost times its complexity (1, 1.5 or 2), rounded up.
 * @throws for a type of tool that has no base cost
 */
export function calculateToolCost(toolType: string, complexity: Complexity): number {
  if (!isToolType(toolType)) throw new Error(`There is no base cost for ${toolType}: add it to BASE_COSTS.`)
  return Math.ceil(BASE_COSTS[toolType] * MULTIPLIERS[complexity])
}

function isToolType(toolType: string): toolType is ToolType {
  return Object.hasOwn(BASE_COSTS, toolType)
}

/** What a run costs at each complexity, in whole credits. */
export function pricesByComplexity(toolType: ToolType): Record<Complexity, number> {
  return {
    low: calculateToolCost(toolType, 'low'),
    medium: calculateToolCost(toolType, 'medium'),
    high: calculateToolCost(toolType, 'high'),
  }
}
