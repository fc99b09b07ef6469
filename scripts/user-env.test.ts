import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test, vi } from 'vitest'
import { readUserEnv, refuseRealPaymentKeys } from './user-env.ts'

test('the environment wins over the files, and the special file over the general', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'user-env-'))
  onTestFinished(() => rm(directory, { recursive: true }))
  await writeFile(join(directory, '.env'), 'A=general\nB=general\nC=general\n')
  await writeFile(join(directory, '.env.local'), 'B=local\nC=local\n')
  await writeFile(join(directory, '.env.production'), 'B=production\n')
  vi.stubEnv('C', 'process')
  onTestFinished(() => void vi.unstubAllEnvs())
  expect(readUserEnv(directory, 'development')).toMatchObject({ A: 'general', B: 'local', C: 'process' })
})

test.each([
  [{ DODO_PAYMENTS_ENVIRONMENT: 'live_mode' }, 'DODO_PAYMENTS_ENVIRONMENT is live_mode'],
  [{ DODO_PAYMENTS_API_KEY: 'a-key-of-somebody' }, 'DODO_PAYMENTS_API_KEY holds a key of your own'],
  [{ STRIPE_SECRET_KEY: 'sk_live_abc' }, 'STRIPE_SECRET_KEY holds a key of your own'],
])('payment settings of the real service are refused: %o', (env, reason) => {
  expect(() => refuseRealPaymentKeys(env)).toThrow(reason)
})

test.each([
  {},
  { DODO_PAYMENTS_API_KEY: '', DODO_PAYMENTS_ENVIRONMENT: 'test_mode' },
  { DODO_PAYMENTS_API_KEY: 'dodo_sandbox_abc', STRIPE_SECRET_KEY: 'sk_test_sandbox_abc' },
])('no payment settings, or those of the sandbox, are fine: %o', (env) => {
  expect(() => refuseRealPaymentKeys(env)).not.toThrow()
})
