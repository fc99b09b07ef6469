import { addDays } from '@/lib/zone-days'
import type { Usage } from './read-usage'

/** More colors than this are told apart by nobody. */
const MAX_TOOLS = 5
const REST = 'Other'

/** What was used on a day, by tool: the amounts stand in the order of `tools`. */
export type StackedUsage = {
  tools: string[]
  days: { day: string; used: number[]; total: number }[]
}

/**
 * Usage as a chart stacks it: every day of the period, and the tools that used the most first, with all others together.
 *
 * @param names what tools are called, by the action of their charges
 */
export function stackUsage(
  { firstDay, lastDay, days }: Pick<Usage, 'firstDay' | 'lastDay' | 'days'>,
  names: ReadonlyMap<string, string>,
): StackedUsage {
  const nameOf = (action: string | null) => (action === null ? REST : (names.get(action) ?? action))
  const totals = new Map<string, number>()
  for (const { action, used } of days) {
    if (used !== 0) totals.set(nameOf(action), (totals.get(nameOf(action)) ?? 0) + used)
  }
  const ranked = [...totals.keys()]
    .filter((name) => name !== REST)
    .sort((a, b) => (totals.get(b) ?? 0) - (totals.get(a) ?? 0))
  const own = ranked.slice(0, ranked.length > MAX_TOOLS ? MAX_TOOLS - 1 : MAX_TOOLS)
  const tools = own.length < totals.size ? [...own, REST] : own

  const byDay = new Map(listDays(firstDay, lastDay).map((day) => [day, tools.map(() => 0)]))
  for (const { day, action, used } of days) {
    const amounts = byDay.get(day)
    const index = tools.indexOf(nameOf(action))
    const place = index < 0 ? tools.length - 1 : index
    if (amounts?.[place] !== undefined) amounts[place] += used
  }
  return {
    tools,
    days: [...byDay].map(([day, used]) => ({ day, used, total: used.reduce((sum, part) => sum + part, 0) })),
  }
}

function listDays(first: string, last: string): string[] {
  const days: string[] = []
  for (let day = first; day <= last; day = addDays(day, 1)) days.push(day)
  return days
}
