import { createInterface } from 'node:readline/promises'
import { KINDS } from './kinds/index.ts'

const DEFAULT_KIND = 'form'

/** Asks which kind of tool it is to be, as long as it takes; the plain one where nobody can answer. */
export async function askKind(): Promise<string> {
  if (!process.stdin.isTTY) return DEFAULT_KIND
  const terminal = createInterface({ input: process.stdin, output: process.stdout })
  try {
    for (const [kind, { about }] of Object.entries(KINDS)) console.log(`  ${kind.padEnd(12)}${about}`)
    for (;;) {
      const answer = (await terminal.question(`Which kind? (${DEFAULT_KIND}) `)).trim() || DEFAULT_KIND
      if (Object.hasOwn(KINDS, answer)) return answer
      console.log(`There is no kind "${answer}".`)
    }
  } finally {
    terminal.close()
  }
}
