import postgres, { type Sql } from 'postgres'
import { beforeAll, expect, test } from 'vitest'
import { makeTemporaryDirectory } from '../temporary-directory.ts'
import { startPostgres } from './index.ts'
import { prepareRoles } from './prepare-roles.ts'

let owner: Sql
let api: Sql
let realtime: Sql
let admin: Sql
let adminUrl: string

beforeAll(async () => {
  const temporary = await makeTemporaryDirectory()
  const server = await startPostgres({ directory: temporary.path, port: 0, settings: { fsync: 'off' } })
  const connect = (url: string) => postgres(url, { max: 1, onnotice: () => {} })
  owner = connect(server.ownerUrl)
  api = connect(server.apiUrl)
  realtime = connect(server.realtimeUrl)
  admin = connect(server.adminUrl)
  adminUrl = server.adminUrl
  await owner.unsafe('create table public.secrets (id int primary key); insert into secrets values (1)')
  return async () => {
    await Promise.all([owner.end(), api.end(), realtime.end(), admin.end()])
    await server.stop()
    await temporary.remove()
  }
})

test('the owner is no superuser', async () => {
  const rows = await owner`select rolsuper, rolbypassrls from pg_roles where rolname = current_user`
  expect(rows).toEqual([{ rolsuper: false, rolbypassrls: true }])
})

test('the owner may alter the roles of the API, and give them to roles of their own', async () => {
  await owner.unsafe("alter role authenticated set statement_timeout = '3s'")
  await owner.unsafe("alter role authenticator set statement_timeout = '10s'")
  await owner.unsafe('create role reporter; grant authenticated to reporter')
  const rows = await owner`select rolconfig from pg_roles where rolname = 'authenticated'`
  expect(rows).toEqual([{ rolconfig: ['statement_timeout=3s'] }])
})

test('migrations may say who reads a private channel, and send messages', async () => {
  await owner.unsafe(`
    create policy "everybody" on realtime.messages for select to authenticated using (realtime.topic() = 'all');
    select realtime.send('{"a": 1}', 'news', 'all');`)
  const rows = await owner`select topic, event, private, payload ->> 'a' as a from realtime.messages`
  expect(rows).toEqual([{ topic: 'all', event: 'news', private: true, a: '1' }])
})

test('a cluster of an older version gets what is new', async () => {
  const url = new URL(adminUrl)
  await admin.unsafe('drop schema realtime cascade; drop publication supabase_realtime_messages_publication')
  await prepareRoles(adminUrl, url.password)
  expect(await owner`select count(*)::int from realtime.messages`).toEqual([{ count: 0 }])
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
