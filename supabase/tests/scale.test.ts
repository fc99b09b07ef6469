import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Fragment, Sql } from 'postgres'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { PROJECT_DIRECTORY } from '../../scripts/paths.ts'
import { type Engine, openEngine } from './engine.ts'

let engine: Engine
let sql: Sql
beforeAll(async () => {
  engine = await openEngine({ connections: 1 })
  sql = engine.owner
})
afterAll(() => engine.close())

/** Whether one of these columns of a table says whose row it is. */
function namesOwner(table: Fragment, columns: Fragment) {
  return sql`exists (
    select from pg_attribute column_of
    where column_of.attrelid = ${table}
    and column_of.attnum = any (${columns})
    and (
      column_of.attname in ('user_id', 'target_user_id', 'owner_id')
      or (${table} = 'profiles'::regclass and column_of.attname = 'id')
    )
  )`
}

/** The names a section of docs/scale.md lists. */
function namesUnder(heading: string): string[] {
  const [, section = ''] = readFileSync(join(PROJECT_DIRECTORY, 'docs/scale.md'), 'utf8').split(
    `### ${heading}\n`,
  )
  return [...(section.split(/^#/m)[0] ?? '').matchAll(/`(\w+)`/g)].map(([, name]) => name ?? '').sort()
}

test('every unique key begins with, or contains, the owner, or docs/scale.md says why not', async () => {
  const keys = await sql<{ name: string }[]>`
    select key.relname as name
    from pg_index i
    join pg_class key on key.oid = i.indexrelid
    where i.indisunique
    and key.relnamespace::regnamespace::text in ('public', 'private')
    and not ${namesOwner(sql`i.indrelid`, sql`i.indkey`)}
    order by 1`
  expect(keys.map(({ name }) => name)).toEqual(namesUnder('Unique keys without the owner'))
})

test('every reference between rows of one owner names the owner, or docs/scale.md names the reference', async () => {
  const shared = ['credit_types', 'membership_tiers', 'credit_packages', 'payment_events', 'gift_batches']
  const references = await sql<{ name: string }[]>`
    select f.conname as name
    from pg_constraint f
    join pg_class target on target.oid = f.confrelid
    where f.contype = 'f'
    and f.connamespace::regnamespace::text in ('public', 'private')
    and target.relname <> all (${shared})
    and not ${namesOwner(sql`f.conrelid`, sql`f.conkey`)}
    order by 1`
  expect(references.map(({ name }) => name)).toEqual(namesUnder('References without the owner'))
})
