import { createAccount, openSession } from '../../../e2e/support/accounts.ts'
import { connectDatabase } from '../../../e2e/support/database.ts'
import { startEverything } from '../../../e2e/support/start-everything.ts'
import { median, printTable, quantile } from './statistics.ts'

/** A tool lets a user run it 20 times at once: so many people, each at both doors by turns. */
const USERS = 12
const ROUNDS = 9

const INPUT = { text: 'One sentence.', complexity: 'low' }

/** What a call by key costs against the same call from the page, in one run: a tool that does next to nothing. */
export async function benchDoors(): Promise<void> {
  const app = await startEverything()
  const sql = connectDatabase()
  try {
    const samples: Record<'page' | 'key', number[]> = { page: [], key: [] }
    for (let user = 0; user < USERS; user++) {
      const account = await createAccount()
      await sql`select add_credits(p_user_id => ${account.id}, p_amount => 100, p_type => 'promotion')`
      const jar = await openSession(account)
      const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ')
      const page = { cookie, origin: app.appUrl }
      const made = await send(`${app.appUrl}/api/account/api-keys`, page, {
        name: 'Bench',
        scopes: ['tools:*'],
      })
      const key = { authorization: `Bearer ${Object(made.body).secret}` }
      for (let round = -1; round < ROUNDS; round++) {
        const byPage = await send(`${app.appUrl}/api/example-protected`, page, INPUT)
        const byKey = await send(`${app.appUrl}/api/v1/tools/text-generation`, key, INPUT)
        // The first of each opens connections, and looks up whose key it is.
        if (round < 0) continue
        samples.page.push(byPage.ms)
        samples.key.push(byKey.ms)
      }
    }
    const row = (name: string, times: number[]) => [
      name,
      ...[0.5, 0.95].map((share) => quantile(times, share).toFixed(1)),
      (median(times) / median(samples.page)).toFixed(2),
    ]
    printTable(
      [`one call, of ${samples.page.length}`, 'p50 ms', 'p95 ms', 'p50 against the page'],
      [row('from the page', samples.page), row('/api/v1, by key', samples.key)],
    )
  } finally {
    await sql.end()
    await app.stop()
  }
}

/** @throws for any status but 200 */
async function send(url: string, headers: Record<string, string>, body: object) {
  const start = performance.now()
  const response = await fetch(url, {
    method: 'POST',
    headers: { ...headers, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  const answer: unknown = await response.json()
  const ms = performance.now() - start
  if (!response.ok) throw new Error(`${url} answered ${response.status}: ${JSON.stringify(answer)}`)
  return { ms, body: answer }
}
