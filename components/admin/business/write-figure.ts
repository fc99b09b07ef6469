import type { Business, Figure } from '@/lib/admin/business/read-business'
import type { Format } from '@/lib/format'

/** A figure of a period and that of the one before, as people read them. */
export type WrittenFigure = { value: string; before: string }

/** A count. */
export function writeCount({ formatCredits }: Format, { amount, before }: Figure): WrittenFigure {
  return { value: formatCredits(amount), before: formatCredits(before) }
}

/** A part of a whole; a dash where there is no whole. */
export function writeShare({ formatPercent }: Format, share: ReturnType<Business['share']>): WrittenFigure {
  const write = (part: number | null) => (part === null ? '–' : formatPercent(part))
  return { value: write(share.now), before: write(share.before) }
}
