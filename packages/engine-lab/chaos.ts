import { randomInt } from 'node:crypto'
import { parseArgs } from 'node:util'
import { MIGRATIONS_DIRECTORY } from '../../scripts/paths.ts'
import { startCluster } from '../../supabase/tests/cluster.ts'
import { TEST_SEEDS } from '../../supabase/tests/test-project.ts'
import { startTestServer } from '../dev-stack/testing.ts'
import { MUTANTS } from './chaos/mutants.ts'
import { runMutant } from './chaos/run-mutant.ts'
import { type StormReport, storm } from './chaos/storm.ts'

const USAGE = 'npm run chaos -- [--seed N] [--batches N] [--clients N] [--kills N]'
const SHOWN = 10
const PER_CLIENT = 20

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: String(randomInt(1, 1_000_000)) },
    batches: { type: 'string', default: '30' },
    clients: { type: 'string', default: '16' },
    kills: { type: 'string', default: '4' },
    mutants: { type: 'boolean', default: false },
  },
})
const options = {
  seed: Number(values.seed),
  batches: Number(values.batches),
  clients: Number(values.clients),
  kills: Number(values.kills),
  perClient: PER_CLIENT,
}
if (Object.values(options).some((value) => !Number.isSafeInteger(value) || value < 0)) {
  console.error(`Usage: ${USAGE}`)
  process.exit(2)
}
console.log(`seed ${options.seed}`)
process.exit((await (values.mutants ? runMutants() : runStorm())) ? 0 : 1)

/** One storm over a server of its own. */
async function runStorm(): Promise<boolean> {
  const cluster = await startCluster()
  try {
    const report = await storm(cluster, { ...options, say: console.log })
    const counts = [...report.counts].sort(([a], [b]) => (a < b ? -1 : 1))
    for (const [name, count] of counts) console.log(`${String(count).padStart(7)}  ${name}`)
    if (report.failure) printFailure(report.failure)
    return !report.failure
  } finally {
    await cluster.stop()
  }
}

function printFailure({ violations }: NonNullable<StormReport['failure']>): void {
  for (const { rule, details } of violations.slice(0, SHOWN)) {
    console.error(`\n${rule}\n  ${JSON.stringify(details)}`)
  }
  if (violations.length > SHOWN) console.error(`\n… and ${violations.length - SHOWN} more`)
  const { seed, batches, clients, kills } = options
  const again = `--seed ${seed} --batches ${batches} --clients ${clients} --kills ${kills}`
  console.error(`\nThe engine broke its rules. The same operations again: npm run chaos -- ${again}`)
}

/** Every mutant must be found out, each in a database of its own. */
async function runMutants(): Promise<boolean> {
  const server = await startTestServer({ migrations: MIGRATIONS_DIRECTORY, seeds: TEST_SEEDS })
  let survivors = 0
  try {
    for (const mutant of MUTANTS) {
      const { failure } = await runMutant(server, mutant, options)
      if (!failure) survivors++
      const rules = [...new Set(failure?.violations.map(({ rule }) => rule))].join(', ')
      const outcome = failure ? `found in batch ${failure.batch + 1}: ${rules}` : 'SURVIVED'
      console.log(`${mutant.name}\n  ${outcome}`)
    }
  } finally {
    await server.stop()
  }
  console.log(`${MUTANTS.length - survivors} of ${MUTANTS.length} mutants were found out`)
  return survivors === 0
}
