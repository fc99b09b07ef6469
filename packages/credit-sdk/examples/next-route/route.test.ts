import { beforeEach, expect, test } from 'vitest'
import { POST } from './app/api/posts/route.ts'
import { db, engine } from './lib/credits.ts'

let userId: string

beforeEach(async () => {
  userId = crypto.randomUUID()
  await db.insertInto('users').values({ id: userId, credits: 25 }).execute()
  await db.insertInto('sessions').values({ token: userId, user_id: userId }).execute()
})

function write(body: string, key: string, cookie = `theme=dark; session=${userId}`) {
  const headers = { cookie, 'idempotency-key': key }
  return POST(new Request('http://localhost/api/posts', { method: 'POST', body, headers }))
}

const countPosts = async () =>
  (await db.selectFrom('posts').selectAll().where('user_id', '=', userId).execute()).length

test('a post is written and paid once, however often the request is sent', async () => {
  const answers = await Promise.all([write('Hello', 'a'), write('Hello', 'a'), write('Hello', 'a')])
  expect(answers.map(({ status }) => status)).toEqual([201, 201, 201])
  expect(await Promise.all(answers.map((answer) => answer.json()))).toEqual(
    Array.from({ length: 3 }, () => expect.objectContaining({ credits: 15 })),
  )
  expect([await countPosts(), await engine.queryBalance(userId)]).toEqual([1, 15])
})

test('without enough credits nothing is written', async () => {
  await write('One', 'a')
  await write('Two', 'b')
  const refused = await write('Three', 'c')
  expect(refused.status).toBe(402)
  expect([await countPosts(), await engine.queryBalance(userId)]).toEqual([2, 5])
})

test('a stranger, and a request without a title, are told so', async () => {
  expect((await write('Hello', 'a', 'session=unknown')).status).toBe(401)
  expect((await write(' ', 'a')).status).toBe(400)
})
