import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { startTestApi, type TestApi } from './testing.ts'

const SHOP = `
  create table public.users (id uuid primary key default gen_random_uuid(), name text not null);
  create table public.posts (
    id int generated always as identity primary key,
    author uuid references public.users (id),
    owner uuid references auth.users (id),
    title text default 'untitled',
    words int default 7
  );
  create table public.teams (id int primary key, lead uuid references auth.users (id));
  grant all on public.users, public.posts, public.teams to service_role;
  create type public.spot as (x int, label text);
  create function public.describe_post(p_post posts, p_more jsonb default '{}') returns jsonb language sql stable
  as $$ select jsonb_build_object('title', p_post.title, 'words', p_post.words) || p_more $$;
  create function public.sum_points(p_points public.spot[]) returns text language sql stable
  as $$ select string_agg(x || label, ',') from unnest(p_points) $$;
  create function public.long_posts(p_words int default 0) returns setof posts language sql stable
  as $$ select * from posts where words >= p_words order by id $$;
  create function public.lengthen() returns setof posts language sql volatile
  as $$ update posts set words = words + 1 returning * $$;
  create function public.nothing_to_say() returns void language sql stable as $$ select 1 $$;
  grant execute on function public.describe_post, public.sum_points, public.long_posts, public.lengthen, public.nothing_to_say
  to service_role;
`

describe('the Data API, beyond the everyday', () => {
  let api: TestApi
  let service: ReturnType<TestApi['service']>
  beforeAll(async () => {
    api = await startTestApi()
    await api.sql.unsafe(SHOP)
    service = api.service()
    await vi.waitUntil(async () => (await service.from('teams').select().limit(0)).error?.code !== 'PGRST205')
  })
  afterAll(() => api.stop())

  it('tells a public table named users from that of Auth', async () => {
    const { data: ann } = await service.from('users').insert({ name: 'Ann' }).select().single()
    const written = await service
      .from('posts')
      .insert({ title: 'hers', author: ann?.id })
      .select('title, users(name)')
    expect(written.data).toEqual([{ title: 'hers', users: { name: 'Ann' } }])
    expect((await service.from('users').select('name, posts(title)')).data).toEqual([
      { name: 'Ann', posts: [{ title: 'hers' }] },
    ])
    const filtered = service.from('posts').select('title, users!inner(name)').eq('users.name', 'Ann')
    expect((await filtered).data).toHaveLength(1)
    expect((await service.from('teams').select('id, users(name)')).error?.code).toBe('PGRST200')
    await service.from('posts').delete().gt('id', 0)
  })

  it('answers what was stored where a row of many leaves a column to its default', async () => {
    const rows = [{ title: 'a' }, { words: 3 }, { title: null, words: 4 }]
    const defaults = await service.from('posts').insert(rows, { defaultToNull: false }).select('title, words')
    const stored = [
      { title: 'a', words: 7 },
      { title: 'untitled', words: 3 },
      { title: null, words: 4 },
    ]
    expect(defaults.data).toEqual(stored)
    expect((await service.from('posts').select('title, words').order('id')).data).toEqual(stored)
    const nulls = await service.from('posts').insert(rows.slice(0, 2)).select('title, words')
    expect(nulls.data).toEqual([
      { title: 'a', words: null },
      { title: null, words: 3 },
    ])
    const upserted = await service.from('posts').upsert(rows, { defaultToNull: false }).select('title, words')
    expect(upserted.data).toEqual(stored)
    expect((await service.from('posts').insert(rows, { defaultToNull: false })).error).toBeNull()
    await service.from('posts').delete().gt('id', 0)
  })

  it('takes rows, and lists of rows, as arguments of a function', async () => {
    const post = { id: 5, title: 'a, "b" (c)', words: 2 }
    const described = await service.rpc('describe_post', { p_post: post, p_more: { words: [1] } })
    expect(described.data).toEqual({ title: post.title, words: [1] })
    const points = [
      { x: 1, label: 'a' },
      { x: 2, label: 'b' },
    ]
    expect((await service.rpc('sum_points', { p_points: points })).data).toBe('1a,2b')
    const wrong = await service.rpc('describe_post', { p_post: { words: 'many' } })
    expect(wrong).toMatchObject({ status: 400, error: { code: '22P02' } })
  })

  it('answers HEAD of a function as GET, without the body', async () => {
    await service.from('posts').insert([{ words: 1 }, { words: 5 }])
    const head = { head: true, count: 'exact' } as const
    expect(await service.rpc('long_posts', {}, head)).toMatchObject({ status: 200, count: 2, data: null })
    expect(await service.rpc('long_posts', { p_words: 3 }, head)).toMatchObject({ status: 200, count: 1 })
    expect((await service.rpc('long_posts', { p_words: 0 }, head).gt('words', 4)).count).toBe(1)
    expect((await service.rpc('nothing_to_say', {}, { head: true })).status).toBe(204)
    const ask = (path: string) =>
      fetch(`${api.url}/rest/v1/rpc/${path}`, { method: 'HEAD', headers: { apikey: api.keys.secretKey } })
    expect((await ask('lengthen')).status).toBe(405)
    expect((await ask('nowhere')).status).toBe(404)
    await service.from('posts').delete().gt('id', 0)
  })

  it('takes a function back that changes more rows than it may', async () => {
    await service.from('posts').insert([{ words: 1 }, { words: 5 }])
    const words = async () =>
      (await service.from('posts').select('words').order('id')).data?.map((row) => row.words)
    const atMost = (rows: number, name: string, args = {}) =>
      service.rpc(name, args).setHeader('Prefer', `handling=strict,max-affected=${rows}`)
    expect((await atMost(1, 'lengthen')).error).toMatchObject({
      code: 'PGRST124',
      details: 'The query affects 2 rows',
    })
    expect(await words()).toEqual([1, 5])
    expect((await atMost(2, 'lengthen')).error).toBeNull()
    expect(await words()).toEqual([2, 6])
    expect((await atMost(1, 'describe_post', { p_post: {} })).error?.code).toBe('PGRST128')
  })
})
