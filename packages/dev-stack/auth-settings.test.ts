import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parse } from 'smol-toml'
import { expect, it } from 'vitest'
import { z } from 'zod'

/** The checkout, whose settings `supabase config push` brings to a hosted project. */
const PROJECT_DIRECTORY = join(import.meta.dirname, '../..')

const settings = z.object({
  auth: z.object({
    jwt_expiry: z.number(),
    enable_refresh_token_rotation: z.boolean(),
    minimum_password_length: z.number(),
    email: z.object({
      enable_confirmations: z.boolean(),
      double_confirm_changes: z.boolean(),
      max_frequency: z.string(),
      otp_expiry: z.number(),
    }),
  }),
})

it('pushes to production what production needs', async () => {
  const text = await readFile(join(PROJECT_DIRECTORY, 'supabase/config.toml'), 'utf8')
  const { auth } = settings.parse(parse(text))
  expect(auth).toMatchObject({
    enable_refresh_token_rotation: true,
    email: { enable_confirmations: true, double_confirm_changes: true, max_frequency: '1m0s' },
  })
  expect(auth.minimum_password_length).toBeGreaterThanOrEqual(8)
  expect(auth.email.otp_expiry).toBeLessThanOrEqual(3600)
  expect(auth.jwt_expiry).toBeLessThanOrEqual(3600)
})
