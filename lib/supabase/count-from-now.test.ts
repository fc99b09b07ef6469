import { afterEach, expect, it, vi } from 'vitest'
import { countFromNow } from './count-from-now'

afterEach(() => vi.unstubAllGlobals())

const answer = (body: object, status = 200) =>
  vi.stubGlobal('fetch', async () => Response.json(body, { status }))
const TOKEN = 'https://auth.test/auth/v1/token?grant_type=refresh_token'

it('leaves out when a renewed session ends by the clock of the server, and nothing else', async () => {
  answer({ access_token: 'a', refresh_token: 'r', expires_in: 3600, expires_at: 1_800_000_000 })
  const response = await countFromNow(TOKEN)
  expect(await response.json()).toEqual({ access_token: 'a', refresh_token: 'r', expires_in: 3600 })
})

it('hands on refusals, and what is no session, as they are', async () => {
  answer({ error_code: 'refresh_token_not_found', expires_at: 1 }, 400)
  expect(await (await countFromNow(TOKEN)).json()).toHaveProperty('expires_at')
  answer({ expires_at: 1 })
  expect(await (await countFromNow('https://auth.test/rest/v1/credit_grants')).json()).toHaveProperty(
    'expires_at',
  )
})
