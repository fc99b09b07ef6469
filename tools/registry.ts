import { ImageIcon, ImagesIcon, type LucideIcon, SparklesIcon } from 'lucide-react'
import type { Route } from 'next'
import { COMPLEXITIES, calculateToolCost, type ToolType } from '@/lib/credits/pricing'
import { countCredits, formatCredits } from '@/lib/format'

export type ToolEntry = {
  href: Route
  icon: LucideIcon
  name: string
  /** What it does, in one short sentence. */
  description: string
  /** What a run costs, in words. */
  price: string
}

function priceRange(toolType: ToolType): string {
  const costs = COMPLEXITIES.map((complexity) => calculateToolCost(toolType, complexity))
  return `${formatCredits(Math.min(...costs))} to ${countCredits(Math.max(...costs))} a run`
}

/** The tools people find in the navigation and on the dashboard. */
export const TOOLS: readonly ToolEntry[] = [
  {
    href: '/example-tool',
    icon: SparklesIcon,
    name: 'Summarize a text',
    description: 'Keep the key sentences.',
    price: priceRange('text-generation'),
  },
  {
    href: '/tools/social-card',
    icon: ImageIcon,
    name: 'Draw a social card',
    description: 'A picture for the links you share.',
    price: priceRange('image-generation'),
  },
  {
    href: '/tools/image-converter',
    icon: ImagesIcon,
    name: 'Convert images',
    description: 'To WebP, AVIF, JPEG or PNG, many at once.',
    price: `${countCredits(1)} an image`,
  },
  // npm run new:tool adds its entries above this line.
]
