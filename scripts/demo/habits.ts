import type { Random } from '../random.ts'
import { CAST, type Person } from './people.ts'
import { type Act, DAYS, on } from './story.ts'
import { drawRun } from './tools/draw-run.ts'
import { runTool } from './tools/run-tool.ts'

/** How somebody uses the product: from which day to which, how likely on each, and at most how many runs then. */
type Habit = { person: Person; from: number; to: number; chance: number; runs: number }

const HABITS: readonly Habit[] = [
  { person: CAST.uma, from: 1, to: DAYS - 1, chance: 0.95, runs: 3 },
  { person: CAST.priya, from: 2, to: DAYS - 1, chance: 0.9, runs: 4 },
  { person: CAST.jonas, from: 5, to: DAYS - 1, chance: 0.35, runs: 3 },
  { person: CAST.mara, from: 8, to: DAYS - 1, chance: 0.85, runs: 3 },
  { person: CAST.tom, from: 10, to: 48, chance: 0.4, runs: 3 },
  { person: CAST.lucia, from: 37, to: DAYS - 1, chance: 0.45, runs: 3 },
  { person: CAST.chen, from: 20, to: 52, chance: 0.95, runs: 5 },
  { person: CAST.elena, from: 16, to: DAYS - 2, chance: 0.4, runs: 3 },
  { person: CAST.sam, from: 40, to: 45, chance: 1, runs: 4 },
  { person: CAST.oliver, from: 33, to: DAYS - 1, chance: 0.5, runs: 3 },
]

const FIRST_HOUR = 0
const LAST_HOUR = 9
const MINUTE_MS = 60_000

/** The runs of everybody. A visit has some of them, minutes apart. */
export function visits(random: Random): Act[] {
  const acts: Act[] = []
  for (const { person, from, to, chance, runs } of HABITS) {
    for (let day = from; day <= to; day++) {
      if (!random.chance(chance)) continue
      let at = on(day, random.between(FIRST_HOUR, LAST_HOUR)) + random.between(0, 59) * MINUTE_MS
      for (let count = random.between(1, runs); count > 0; count--) {
        const run = drawRun(random)
        acts.push({ at, tell: (story) => runTool(story, person, run) })
        at += random.between(1, 7) * MINUTE_MS
      }
    }
  }
  return acts
}
