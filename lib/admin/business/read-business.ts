import 'server-only'
import { z } from 'zod'
import { readFunction } from '@/lib/supabase/call-function'
import type { Period } from './business-period'

/** A figure of a period, and of the one before it. */
export type Figure = { amount: number; before: number }

/** A figure of one currency, credit type, package or tool. */
export type FigureOf = Figure & { subject: string }

const row = z.object({
  figure: z.string(),
  subject: z.string(),
  amount: z.number(),
  amount_before: z.number(),
})

/** A figure as the database adds it up: money in minor units of its currency. */
export type FigureRow = z.output<typeof row>

const NOTHING: Figure = { amount: 0, before: 0 }

/** The figures of a period, by their names in `business_figures`. */
export class Business {
  private readonly rows: readonly FigureRow[]

  constructor(rows: readonly FigureRow[]) {
    this.rows = rows
  }

  /** Of each subject, largest first. */
  each(figure: string): FigureOf[] {
    return this.rows
      .filter((row) => row.figure === figure)
      .map(({ subject, amount, amount_before }) => ({ subject, amount, before: amount_before }))
      .sort((a, b) => b.amount - a.amount || b.before - a.before)
  }

  /** Of one subject; nothing where it has none. */
  of(figure: string, subject: string): Figure {
    return this.each(figure).find((one) => one.subject === subject) ?? NOTHING
  }

  /** Of all subjects together: for counts, not for money of several currencies. */
  total(figure: string): Figure {
    return this.each(figure).reduce(
      (sum, { amount, before }) => ({ amount: sum.amount + amount, before: sum.before + before }),
      NOTHING,
    )
  }

  /** The parts of a whole, 0 to 1; null where there is no whole. */
  share(part: string, whole: string): { now: number | null; before: number | null } {
    const [parts, wholes] = [this.total(part), this.total(whole)]
    return {
      now: wholes.amount > 0 ? parts.amount / wholes.amount : null,
      before: wholes.before > 0 ? parts.before / wholes.before : null,
    }
  }
}

/** The figures of the business as the database has them. Call it for admins alone. @throws when they cannot be read */
export async function readFigureRows({ since, until }: Period): Promise<FigureRow[]> {
  return z.array(row).parse(await readFunction('business_figures', { p_since: since, p_until: until }))
}

/** The figures of the business over a period. Call it for admins alone. @throws when they cannot be read */
export async function readBusiness(period: Period): Promise<Business> {
  return new Business(await readFigureRows(period))
}
