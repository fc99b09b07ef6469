import postgres, { type Sql } from 'postgres'
import { beforeAll, expect, test } from 'vitest'
import { makeTemporaryDirectory } from '../temporary-directory.ts'
import { startPostgres } from './index.ts'

let owner: Sql
let api: Sql
let realtime: Sql

beforeAll(async () => {
  const temporary = await makeTemporaryDirectory()
  const server = await startPostgres({ directory: temporary.path, port: 0, settings: { fsync: 'off' } })
  const connect = (url: string) => postgres(url, { max: 1, onnotice: () => {} })
  owner = connect(server.ownerUrl)
  api = connect(server.apiUrl)
  realtime = connect(server.realtimeUrl)
  await owner.unsafe('create table public.secrets (id int primary key); insert into secrets values (1)')
  return async () => {
    await Promise.all([owner.end(), api.end(), realtime.end()])
    await server.stop()
    await temporary.remove()
  }
})

test('the owner is no superuser', async () => {
  const rows = await owner`select rolsuper, rolbypassrls from pg_roles where rolname = current_user`
  expect(rows).toEqual([{ rolsuper: false, rolbypassrls: true }])
})

test('a new table opens itself to no role of the API', async () => {
  for (const role of ['anon', 'authenticated', 'service_role']) {
    const read = api.begin(async (sql) => {
      await sql.unsafe(`set local role ${role}`)
      await sql`select * from public.secrets`
    })
    await expect(read).rejects.toThrow('permission denied for table secrets')
  }
  await expect(api`select * from public.secrets`).rejects.toThrow('permission denied')
})

test("the API's own grants on the owner's tables do nothing", async () => {
  await api.unsafe('grant all on public.secrets to anon, authenticated, service_role')
  const rows = await owner`select has_table_privilege('anon', 'public.secrets', 'select') as may`
  expect(rows).toEqual([{ may: false }])
})

test('calls of the API end after eight seconds', async () => {
  expect(await api`show statement_timeout`).toEqual([{ statement_timeout: '8s' }])
})

test('Realtime may replicate what the owner publishes, and nothing else', async () => {
  await owner.unsafe('alter publication supabase_realtime add table public.secrets')
  const rows = await realtime`select rolreplication, rolsuper from pg_roles where rolname = current_user`
  expect(rows).toEqual([{ rolreplication: true, rolsuper: false }])
  await expect(realtime`select * from public.secrets`).rejects.toThrow('permission denied')
})

test('Postgres tells the API when the schema changes', async () => {
  const heard: string[] = []
  const { unlisten } = await api.listen('pgrst', (payload) => heard.push(payload))
  await owner.unsafe('create table public.later (id int)')
  await expect.poll(() => heard).toContain('reload schema')
  await unlisten()
})
