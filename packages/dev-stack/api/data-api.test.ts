import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { startTestApi, type TestApi } from './testing.ts'

const NOTES = `
  create table public.notes (
    id bigint generated always as identity primary key,
    owner uuid not null default auth.uid(),
    title text not null unique check (title <> ''),
    words int not null default 0,
    cost numeric,
    tags text[] not null default '{}',
    body jsonb,
    at timestamptz not null default '2026-11-21 16:10:00.5+01'
  );
  alter table public.notes enable row level security;
  grant select, insert, update, delete on public.notes to authenticated, service_role;
  create policy "own notes" on public.notes to authenticated
  using ((select auth.uid()) = owner) with check ((select auth.uid()) = owner);
  create function public.echo(p_value jsonb, p_words text[] default '{}') returns jsonb
  language sql as $$ select jsonb_build_object('value', p_value, 'kind', jsonb_typeof(p_value), 'words', p_words) $$;
  create function public.who() returns jsonb language sql stable
  as $$ select jsonb_build_object('uid', auth.uid(), 'role', auth.role(), 'email', auth.email(), 'user', current_user) $$;
  create function public.fail(p_code text) returns void language plpgsql as $$
  begin raise exception 'refused' using errcode = p_code, detail = 'why', hint = 'what to do'; end $$;
  revoke execute on function public.fail(text) from public;
  create function public.statement_timeout() returns text language sql stable as $$ select current_setting('statement_timeout') $$;
  grant execute on function public.echo(jsonb, text[]), public.who(), public.statement_timeout() to anon, authenticated, service_role;
  grant execute on function public.fail(text) to authenticated;
`

describe('the Data API', () => {
  let api: TestApi
  let user: ReturnType<TestApi['visitor']>
  beforeAll(async () => {
    api = await startTestApi()
    await api.sql.unsafe(NOTES)
    user = api.visitor()
    await user.auth.signInWithPassword({ email: 'user@example.test', password: 'user-password' })
    await reloaded('notes')
  })
  afterAll(() => api.stop())

  /** The API learns of a change of the schema by itself, a moment later. */
  function reloaded(table: string) {
    return vi.waitUntil(
      async () => (await api.service().from(table).select().limit(0)).error?.code !== 'PGRST205',
    )
  }

  it('writes and reads through the client: insert, upsert, update, delete', async () => {
    const inserted = await user.from('notes').insert({ title: 'first', words: 3 }).select().single()
    expect(inserted).toMatchObject({ status: 201, data: { title: 'first', words: 3 } })
    const { id } = inserted.data
    const upserted = await user
      .from('notes')
      .upsert({ title: 'first', words: 4 }, { onConflict: 'title' })
      .select()
    expect(upserted.data).toMatchObject([{ id, words: 4 }])
    const updated = await user.from('notes').update({ words: 5 }).eq('id', id).select('words')
    expect(updated.data).toEqual([{ words: 5 }])
    expect(await user.from('notes').delete().eq('id', id)).toMatchObject({ status: 204, error: null })
    expect(await user.from('notes').select('*').eq('id', id).maybeSingle()).toMatchObject({
      data: null,
      error: null,
    })
    expect((await user.from('notes').select('*').eq('id', id).single()).error?.code).toBe('PGRST116')
  })

  it('filters, orders, pages and counts', async () => {
    const rows = Array.from({ length: 9 }, (_, index) => ({
      title: `page ${index}`,
      words: index,
      tags: ['page'],
    }))
    expect((await user.from('notes').insert(rows)).error).toBeNull()
    const pages = () => user.from('notes').select('words', { count: 'exact' }).contains('tags', ['page'])
    const { data, count } = await pages().order('words', { ascending: false }).range(2, 4)
    expect(data).toEqual([{ words: 6 }, { words: 5 }, { words: 4 }])
    expect(count).toBe(9)
    expect((await pages().gte('words', 7).lt('words', 9)).data).toHaveLength(2)
    expect((await pages().in('words', [1, 2, 99])).data).toHaveLength(2)
    expect((await pages().or('words.eq.0,title.ilike.*8')).data).toHaveLength(2)
    expect(
      (await user.from('notes').select('*', { count: 'exact', head: true }).like('title', 'page%')).count,
    ).toBe(9)
  })

  it('embeds related rows', async () => {
    const { data } = await user.from('profiles').select('email, credits(balance)').single()
    expect(data).toEqual({ email: 'user@example.test', credits: [{ balance: 100 }] })
  })

  it('carries numbers, times, lists and JSON as PostgREST does', async () => {
    const { data } = await user
      .from('notes')
      .insert({ title: 'typed', cost: 1.5, tags: ['a', 'b,c'], body: { deep: [1, null, 'x'] } })
      .select()
      .single()
    expect(data).toMatchObject({
      id: expect.any(Number),
      cost: 1.5,
      tags: ['a', 'b,c'],
      body: { deep: [1, null, 'x'] },
      at: '2026-11-21T15:10:00.5+00:00',
    })
  })

  it.each([
    ['an object', { a: { b: [1] } }, 'object'],
    ['a list', [1, 'two', null], 'array'],
    ['a string', 'plain', 'string'],
    ['a string that looks like JSON', '{"a": 1}', 'string'],
    ['a number', 12, 'number'],
    ['a boolean', false, 'boolean'],
  ])('keeps %s what it is in a jsonb argument and a jsonb column', async (name, value, kind) => {
    const called = await user.rpc('echo', { p_value: value, p_words: ['x', 'y'] })
    expect(called.data).toEqual({ value, kind, words: ['x', 'y'] })
    const stored = await user
      .from('notes')
      .insert({ title: `json: ${name}`, body: value })
      .select('body')
      .single()
    expect(stored.data).toEqual({ body: value })
  })

  it('knows who calls', async () => {
    const anon = await api.visitor().rpc('who')
    expect(anon.data).toEqual({ uid: null, role: 'anon', email: null, user: 'anon' })
    const signedIn = await user.rpc('who')
    expect(signedIn.data).toMatchObject({
      role: 'authenticated',
      email: 'user@example.test',
      user: 'authenticated',
    })
    const service = await api.service().rpc('who')
    expect(service.data).toMatchObject({ uid: null, role: 'service_role', user: 'service_role' })
  })

  it('keeps the callers of simultaneous requests apart', async () => {
    const clients = Array.from({ length: 30 }, (_, index) => [user, api.visitor(), api.service()][index % 3])
    const roles = await Promise.all(clients.map(async (client) => (await client?.rpc('who'))?.data?.role))
    expect(roles).toEqual(
      Array.from({ length: 30 }, (_, index) => ['authenticated', 'anon', 'service_role'][index % 3]),
    )
  })

  it('shows each person their own rows, and the server all', async () => {
    const admin = api.visitor()
    await admin.auth.signInWithPassword({ email: 'admin@example.test', password: 'admin-password' })
    await admin.from('notes').insert({ title: 'secret of the admin' })
    expect((await user.from('notes').select().eq('title', 'secret of the admin')).data).toEqual([])
    expect((await api.service().from('notes').select().eq('title', 'secret of the admin')).data).toHaveLength(
      1,
    )
    const stolen = await user.from('notes').insert({ title: 'stolen', owner: crypto.randomUUID() })
    expect(stolen).toMatchObject({ status: 403, error: { code: '42501' } })
  })

  it.each([
    ['23505', 409],
    ['23503', 409],
    ['23514', 400],
    ['22023', 400],
    ['22P02', 400],
    ['P0001', 400],
    ['P0002', 500],
    ['40001', 500],
    ['42501', 403],
    ['57014', 500],
    ['PT402', 402],
  ])('answers an error %s with status %i, code, detail and hint', async (code, status) => {
    const answer = await user.rpc('fail', { p_code: code })
    expect(answer).toMatchObject({
      status,
      error: { code, message: 'refused', details: 'why', hint: 'what to do' },
    })
  })

  it('names what is missing or malformed', async () => {
    const codeOf = async (query: PromiseLike<{ error: { code: string } | null }>) => (await query).error?.code
    expect(await codeOf(user.from('nowhere').select())).toBe('PGRST205')
    expect(await codeOf(user.rpc('nothing'))).toBe('PGRST202')
    expect(await codeOf(user.from('notes').select('nothing'))).toBe('42703')
    expect(await codeOf(user.from('notes').insert({ nothing: 1 }))).toBe('PGRST204')
    expect(await codeOf(user.from('notes').insert({ title: '' }))).toBe('23514')
    expect(await codeOf(user.from('notes').select().eq('owner', 'not a uuid'))).toBe('22P02')
    expect((await api.visitor().schema('auth').from('users').select()).error?.code).toBe('PGRST106')
    expect((await api.visitor().rpc('fail', { p_code: 'P0001' })).status).toBe(401)
  })

  it('sees a new table by itself, with the privileges its SQL declares and none besides', async () => {
    await api.sql`create table public.ungranted (id int primary key)`
    await api.sql`create table public.half_granted (id int primary key)`
    await api.sql`grant select on public.half_granted to anon`
    await reloaded('half_granted')
    expect((await api.visitor().from('half_granted').select()).data).toEqual([])
    for (const client of [api.visitor(), user, api.service()]) {
      expect((await client.from('ungranted').select()).error?.code).toBe('42501')
    }
    expect(await api.visitor().from('half_granted').insert({ id: 1 })).toMatchObject({
      status: 401,
      error: { code: '42501' },
    })
    const granted = await api.sql`
      select table_name, grantee, privilege_type from information_schema.role_table_grants
      where table_name in ('ungranted', 'half_granted') and grantee in ('PUBLIC', 'anon', 'authenticated', 'service_role')`
    expect([...granted]).toEqual([{ table_name: 'half_granted', grantee: 'anon', privilege_type: 'SELECT' }])
  })

  it('gives a statement eight seconds', async () => {
    expect((await api.visitor().rpc('statement_timeout')).data).toBe('8s')
  })

  it('keeps to what a migration sets for a role, for that role alone', async () => {
    const [name] = await api.sql<{ name: string }[]>`select quote_ident(current_database()) as name`
    const alter = (change: string, role = 'authenticated') =>
      api.sql.unsafe(`alter role ${role} in database ${name?.name} ${change}`)
    await alter("set statement_timeout = '3s'")
    expect((await user.rpc('statement_timeout')).data).toBe('3s')
    expect((await api.visitor().rpc('statement_timeout')).data).toBe('8s')
    await alter("set statement_timeout = '4s'", 'authenticator')
    expect((await user.rpc('statement_timeout')).data).toBe('3s')
    expect((await api.visitor().rpc('statement_timeout')).data).toBe('4s')
    await alter('reset statement_timeout')
    await alter('reset statement_timeout', 'authenticator')
    expect((await user.rpc('statement_timeout')).data).toBe('8s')
  })
})
