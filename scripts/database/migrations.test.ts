import { appendFile, cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import postgres from 'postgres'
import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { applyMigrations } from '../../packages/dev-stack/migrate.ts'
import { createTestDatabase, type DatabaseUrls, startTestServer } from '../../packages/dev-stack/testing.ts'
import { capture } from '../capture.ts'
import { MIGRATIONS_DIRECTORY, SCHEMAS_DIRECTORY, SEED_FILE } from '../paths.ts'
import { findDifferences, withCatalogs } from './catalogs.ts'
import { writeMigration } from './write-migration.ts'

let root: string
let migrations: string
let schemas: string

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'migrations-'))
  migrations = join(root, 'supabase/migrations')
  schemas = join(root, 'supabase/schemas')
  await cp(MIGRATIONS_DIRECTORY, migrations, { recursive: true })
  await cp(SCHEMAS_DIRECTORY, schemas, { recursive: true })
})
afterEach(() => rm(root, { recursive: true }))

const inFiles = () => withCatalogs(findDifferences, { migrations, schemas })

test('a schema file that changes without a migration is a difference', async () => {
  await appendFile(
    join(schemas, '360_admin_views.sql'),
    '\nalter table public.mails add column language text;\n',
  )
  expect(await inFiles()).toContain('public.mails.language')
}, 60_000)

test('on a project whose old defaults grant everything to everybody, the privileges are the same', async () => {
  const everybody = 'to anon, authenticated, service_role'
  const grants = ['tables', 'sequences', 'functions'].map(
    (kind) => `alter default privileges in schema public grant all on ${kind} ${everybody};`,
  )
  await writeFile(join(migrations, '20200101000000_old_defaults.sql'), grants.join('\n'))
  expect(await inFiles()).toBeNull()
}, 60_000)

describe('in one of two databases that are the same', () => {
  let server: Awaited<ReturnType<typeof startTestServer>>
  let unchanged: DatabaseUrls
  beforeAll(async () => {
    server = await startTestServer({ migrations: MIGRATIONS_DIRECTORY })
    unchanged = await createTestDatabase(server)
    return server.stop
  }, 60_000)

  test.each([
    ['a comment', "comment on table public.mails is 'Other words.'"],
    ['a constraint', 'alter table public.mails add constraint mails_bounded check (attempts < 100)'],
    ['an index', 'create index mails_kind_idx on public.mails (kind)'],
    ['a policy', 'create policy "nobody" on public.mails for select to anon using (false)'],
    ['a policy left out', 'drop policy "admins read the mails" on public.mails'],
    ['row-level security turned off', 'alter table public.mails disable row level security'],
    ['a privilege', 'grant select on public.mails to anon'],
    ['a privilege on a column', 'grant update (email) on public.profiles to authenticated'],
    ['a call that is allowed', 'grant execute on function public.add_credits to anon'],
    ['a default privilege', 'alter default privileges grant execute on functions to public'],
    ['a published table', 'alter publication supabase_realtime add table public.mails'],
    [
      'a function',
      "create function private.answer() returns int language sql set search_path = '' return 42",
    ],
    ['the rights of a function', 'alter function public.add_credits security invoker'],
    ['the rights of a view', 'alter view public.payment_overview set (security_invoker = false)'],
    ['a trigger', 'alter table public.payments disable trigger payments_touch_updated_at'],
    [
      'a trigger of Auth',
      'create trigger x after update on auth.users for each row execute function private.refuse_change()',
    ],
    ['a row', "insert into public.membership_tiers (id, name, level) values ('gold', 'Gold', 30)"],
  ])('%s is a difference', async (_, statement) => {
    const changed = await createTestDatabase(server)
    const sql = postgres(changed.ownerUrl, { max: 1, onnotice: () => {} })
    await sql.unsafe(statement)
    await sql.end()
    expect(await findDifferences({ migrated: unchanged.ownerUrl, declared: changed.ownerUrl })).not.toBeNull()
  })
})

test('the next migration is written from the difference, and ends it', async () => {
  await appendFile(
    join(schemas, '050_mails.sql'),
    `
create table public.mail_opens (mail_id bigint primary key references public.mails (id));
alter table public.mail_opens enable row level security;
grant select on public.mail_opens to service_role;
`,
  )
  const now = new Date('2027-01-02T03:04:05Z')
  const path = await writeMigration({ name: 'add_mail_opens', now, migrations, schemas })
  expect(path).toBe(join(migrations, '20270102030405_add_mail_opens.sql'))
  const sql = await readFile(path ?? '', 'utf8')
  expect(sql).toContain('CREATE TABLE "public"."mail_opens"')
  expect(sql).not.toContain('supabase_auth_admin')
  expect(await inFiles()).toBeNull()
  expect(await writeMigration({ name: 'once_more', migrations, schemas })).toBeNull()
}, 60_000)

test('a fork with data takes a later migration of ours beside an older one of its own', async () => {
  const server = await startTestServer({ migrations, seeds: [SEED_FILE] })
  const sql = postgres(server.ownerUrl, { max: 1, onnotice: () => {} })
  try {
    const [user] = await sql`select id from public.profiles order by email limit 1`
    await sql`select public.add_credits(${user?.id}, 50, p_idempotency_key => 'before the upgrade')`
    const before = await sql`select * from public.credit_transactions order by id`

    const migrate = async (file: string, text: string) => {
      await writeFile(join(migrations, file), text)
      expect(await applyMigrations(server.ownerUrl, { directory: migrations })).toEqual([file])
    }
    await migrate('20270301000000_ours.sql', 'alter table public.mails add column language text;')
    await migrate('20270201000000_theirs.sql', 'create table public.invoices (id bigint primary key);')

    expect(await sql`select * from public.credit_transactions order by id`).toEqual(before)
    expect(await sql`select * from public.verify_ledger()`).toEqual([])
    expect(await sql`select to_regclass('public.invoices') is not null as there`).toEqual([{ there: true }])
  } finally {
    await sql.end()
    await server.stop()
  }
}, 60_000)

test('the Supabase CLI applies an older migration with --include-all, and not without', async () => {
  const server = await startTestServer({ migrations })
  const push = (...flags: string[]) =>
    capture('supabase', ['db', 'push', '--workdir', root, `--remote=${server.ownerUrl}`, '--yes', ...flags])
  try {
    await writeFile(
      join(migrations, '20270301000000_ours.sql'),
      'alter table public.mails add language text;',
    )
    await push()
    await writeFile(join(migrations, '20270201000000_theirs.sql'), 'create table public.invoices ();')
    await expect(push()).rejects.toThrow('--include-all')
    await push('--include-all')
    expect(await applyMigrations(server.ownerUrl, { directory: migrations })).toEqual([])
  } finally {
    await server.stop()
  }
}, 60_000)

test('schema files read from top to bottom: nothing is used before it is made', async () => {
  const made = new Set<string>()
  for (const file of (await readdir(SCHEMAS_DIRECTORY)).sort()) {
    const text = await readFile(join(SCHEMAS_DIRECTORY, file), 'utf8')
    const code = text.replace(/--.*/g, '').replace(/^comment on [^;]*;/gm, '')
    for (const statement of code.split(/^(?=create |alter |grant |insert )/m)) {
      const [, own] = /^create (?:table|function|view|type) ((?:public|private)\.\w+)/.exec(statement) ?? []
      if (own) made.add(own)
      if (own && /\bid bigint generated always as identity\b/.test(statement)) made.add(`${own}_id_seq`)
      for (const [name] of statement.matchAll(/\b(?:public|private)\.\w+/g)) {
        expect(made, `${name} in ${file}`).toContain(name)
      }
    }
  }
})
