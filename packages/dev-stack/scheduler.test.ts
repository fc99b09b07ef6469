import postgres from 'postgres'
import { afterAll, beforeAll, expect, onTestFinished, test, vi } from 'vitest'
import { serveHttp } from './http-server.ts'
import { startPostgres } from './postgres/index.ts'
import { startScheduler } from './scheduler.ts'
import { makeTemporaryDirectory } from './temporary-directory.ts'

const undo = new AsyncDisposableStack()
let sql: postgres.Sql
let databaseUrl: string

beforeAll(async () => {
  const { path: directory, remove } = await makeTemporaryDirectory()
  undo.defer(remove)
  const server = await startPostgres({ directory, port: 0, settings: { fsync: 'off' } })
  undo.defer(() => server.stop())
  databaseUrl = server.ownerUrl
  sql = postgres(databaseUrl, { max: 1, onnotice: () => {} })
  undo.defer(() => sql.end())
  await sql.unsafe(`
    create table public.ticks ();
    create function public.tick() returns void language sql begin atomic
      insert into public.ticks default values;
    end;
    create function public.break() returns void language plpgsql as $$ begin raise 'broken'; end $$`)
})
afterAll(() => undo.disposeAsync())

/** Runs a schedule against an app that answers with `answer`, and counts what it was asked. */
async function run(functions: string[], answer: () => Promise<Response>) {
  const asked = vi.fn(answer)
  const app = await serveHttp({ port: 0, fetch: asked })
  const scheduler = startScheduler({
    ...{ databaseUrl, appUrl: app.url, cronSecret: 'a secret', isPaused: () => false, everyMs: 20 },
    schedule: { functions, requests: [{ path: '/api/cron/work', due: 'select 1' }] },
  })
  const stop = () => Promise.all([scheduler.close(), app.close()])
  return { asked, [Symbol.asyncDispose]: () => stop().then(() => undefined) }
}

const countTicks = async () => Number((await sql`select count(*) from public.ticks`)[0]?.count)

test('the database goes on while the app takes its time with an answer, which is asked for once', async () => {
  await sql`truncate public.ticks`
  await using scheduler = await run(['tick'], () => new Promise(() => undefined))
  await expect.poll(() => scheduler.asked.mock.calls.length).toBe(1)
  const before = await countTicks()
  await expect.poll(countTicks).toBeGreaterThan(before + 2)
  expect(scheduler.asked).toHaveBeenCalledOnce()
})

test('what fails is said, and keeps neither the app from being asked nor the next round from coming', async () => {
  const said = vi.spyOn(console, 'warn').mockImplementation(() => undefined)
  onTestFinished(() => said.mockRestore())
  await using scheduler = await run(['break'], async () => new Response('ok'))
  await expect.poll(() => scheduler.asked.mock.calls.length).toBeGreaterThan(2)
  await expect.poll(() => said.mock.calls.length).toBeGreaterThan(2)
  expect(said).toHaveBeenCalledWith('A scheduled job failed: broken')
})
