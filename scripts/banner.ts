import { basename } from 'node:path'
import { styleText } from 'node:util'
import { brand } from '../lib/brand.ts'
import type { ProjectEnv } from './stack.ts'

/** What a person at the terminal wants to know once everything runs. */
export function formatBanner(
  env: ProjectEnv,
  { app, directory }: { app: boolean; directory: string },
): string {
  const addresses = [
    ...(app ? [['App', env.APP_URL]] : []),
    ['Mailbox', env.MAILBOX_URL],
    ['Payments', env.DODO_PAYMENTS_BASE_URL],
    ...(env.STRIPE_BASE_URL ? [['Stripe', env.STRIPE_BASE_URL]] : []), // #only stripe
    ['Supabase', env.NEXT_PUBLIC_SUPABASE_URL],
    ['Database', env.DATABASE_URL],
  ]
  const logins = [
    [env.SEED_USER_EMAIL, env.SEED_USER_PASSWORD],
    [env.SEED_ADMIN_EMAIL, env.SEED_ADMIN_PASSWORD],
  ]
  return [
    '',
    `  ${styleText('bold', brand.name)} ${styleText('dim', 'runs on this machine alone: no account, no key, no real money.')}`,
    '',
    ...addresses.map(([name = '', url = '']) => `  ${name.padEnd(10)}${styleText('cyan', url)}`),
    '',
    ...logins.map(
      ([email = '', password = ''], index) =>
        `  ${(index ? '' : 'Log in as').padEnd(10)}${email.padEnd(24)}${password}`,
    ),
    '',
    styleText('dim', `  Data stays in ${basename(directory)}; Ctrl-C stops everything.`),
    '',
  ].join('\n')
}
