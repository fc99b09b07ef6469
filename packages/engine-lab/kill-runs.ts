import { randomInt, randomUUID } from 'node:crypto'
import { parseArgs } from 'node:util'
import postgres from 'postgres'
import { MIGRATIONS_DIRECTORY } from '../../scripts/paths.ts'
import { serveDataApi } from '../../supabase/tests/data-api.ts'
import { type KillTarget, killRuns } from '../../supabase/tests/kills/kill-runs.ts'
import { TEST_SEEDS } from '../../supabase/tests/test-project.ts'
import { makeTemporaryDirectory } from '../dev-stack/temporary-directory.ts'
import { startTestServer } from '../dev-stack/testing.ts'

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: String(randomInt(1, 1_000_000)) },
    runs: { type: 'string', default: '50' },
    kills: { type: 'string', default: '200' },
  },
})
const options = { seed: Number(values.seed), runs: Number(values.runs), kills: Number(values.kills) }
if (Object.values(options).some((value) => !Number.isSafeInteger(value) || value < 1)) {
  console.error('Usage: npm run chaos:kills -- [--seed N] [--runs N] [--kills N]')
  process.exit(2)
}

await using undo = new AsyncDisposableStack()
const server = await startTestServer({ migrations: MIGRATIONS_DIRECTORY, seeds: TEST_SEEDS })
undo.defer(server.stop)
const directory = await makeTemporaryDirectory()
undo.defer(directory.remove)
const api = await serveDataApi(server.apiUrl, directory.path)
undo.defer(api.close)
Object.assign(process.env, api.env)
const owner = postgres(server.ownerUrl, { max: 4, onnotice: () => {} })
undo.defer(() => owner.end())

const target: KillTarget = {
  owner,
  async createUser({ balance }) {
    const id = randomUUID()
    await owner`insert into auth.users (id, email) values (${id}, ${`${id}@example.com`})`
    await owner`select public.add_credits(${id}, ${balance})`
    return id
  },
}
console.log(`seed ${options.seed}`)
const { ends, killsWithRuns, problems } = await killRuns(target, { ...options, say: console.log })
console.log(`${options.kills} kills, ${killsWithRuns} of them while a run was going on`)
for (const [status, count] of Object.entries(ends)) console.log(`${String(count).padStart(7)}  ${status}`)
console.log(problems.length === 0 ? 'Every run ended once, and the ledger adds up.' : problems.join('\n'))
process.exitCode = problems.length === 0 ? 0 : 1
