import 'server-only'
import { z } from 'zod'
import { brand } from '@/lib/brand'
import { aiSettings } from './ai-variables' // #only ai
import { LIVE_MODES } from './live-mode'
import { defaultMailFrom } from './mail-sender'
import { paymentSettings } from './payment-variables' // #only payments
import { required, type Variables, webUrl } from './variables'

const flag = z
  .enum(['true', 'false', '1', '0'], { error: 'must be true or false' })
  .default('false')
  .transform((value) => value === 'true' || value === '1')

const runLimit = z.coerce
  .number()
  .int()
  .min(1)
  .max(1_000, { error: 'must be the number of runs that may go on at once, 1 to 1,000' })

const settings = z.object({
  NEXT_PUBLIC_SUPABASE_URL: required('it is the address of your Supabase project').pipe(webUrl),
  NEXT_PUBLIC_SUPABASE_PUBLISHABLE_KEY: required('it is the project key the browser may see')
    .refine((key) => !key.startsWith('sb_secret_'), {
      error: 'holds a secret key, which every visitor would be able to read; use the publishable one',
      abort: true,
    })
    .startsWith('sb_publishable_', 'must start with sb_publishable_'),
  SUPABASE_SECRET_KEY: required('the server changes balances with it').startsWith(
    'sb_secret_',
    'must start with sb_secret_',
  ),
  APP_URL: webUrl.transform((url) => new URL(url).origin),
  AUTH_GITHUB_ENABLED: flag,
  AUTH_GOOGLE_ENABLED: flag,
  AUTH_CAPTCHA_ENABLED: flag,
  TRUSTED_PROXY_HOPS: z.coerce
    .number()
    .int()
    .min(0)
    .max(10, { error: 'must be the number of proxies in front of the app, 0 to 10' })
    .default(0),
  RUN_WORKER: z.enum(['app', 'request', 'process'], { error: 'must be app, request or process' }),
  RUN_LEASE_MS: z.coerce
    .number()
    .int()
    .min(1_000, { error: 'must be milliseconds, 1,000 or more' })
    .default(30_000),
  MAX_RUNS_PER_USER: runLimit.default(2),
  MAX_RUNS_IN_ALL: runLimit.default(8),
  CHARGE_WINDOW_MS: z.coerce
    .number()
    .int()
    .min(0)
    .max(50, { error: 'must be milliseconds, 0 (off) to 50' })
    .default(0),
  LIVE_MODE: z.enum(LIVE_MODES, { error: 'must be changes or broadcast' }).default('changes'),
  CRON_SECRET: z.string().min(16, 'must have at least 16 characters').optional(),
  SMTP_URL: z
    .url({
      protocol: /^smtps?$/,
      error: 'must look like smtp://user:password@host:587 or smtps://…:465',
      abort: true,
    })
    .optional(),
  MAIL_FROM: z
    .string()
    .includes('@', { error: `must hold an address, as in ${brand.name} <hello@your-app.example>` })
    .optional(),
  REDIS_URL: z
    .url({ protocol: /^rediss?$/, error: 'must look like redis://user:password@host:6379 or rediss://…' })
    .optional(),
  LOG_LEVEL: z
    .enum(['debug', 'info', 'warn', 'error'], { error: 'must be debug, info, warn or error' })
    .optional(),
})

function schemaFor(_given: Variables) {
  return settings
    .extend({
      // #region payments
      ...paymentSettings(_given),
      // #endregion
      ...aiSettings(_given), // #only ai
    })
    .refine((variables) => !variables.SMTP_URL || variables.MAIL_FROM, {
      path: ['MAIL_FROM'],
      error:
        'is missing: SMTP_URL is set, and mails need an address they come from (or set it in lib/brand.ts)',
    })
}

export type Environment = z.output<ReturnType<typeof schemaFor>>

/** Variables that are missing or wrong; `problems` has one sentence for each. */
export class EnvironmentError extends Error {
  readonly problems: readonly string[]

  constructor(problems: readonly string[]) {
    super(problems.join('\n'))
    this.name = 'EnvironmentError'
    this.problems = problems
  }
}

/** Checks `variables` and fills in defaults. Throws EnvironmentError; an empty string counts as missing. */
export function parseEnvironment(variables: Variables): Environment {
  const given = Object.fromEntries(Object.entries(variables).filter(([, value]) => value?.trim()))
  // A preview is its own place: its mails and redirects must not lead to the production app.
  const previewHost = given.VERCEL_BRANCH_URL ?? given.VERCEL_URL
  const vercelHost = given.VERCEL_ENV === 'preview' ? previewHost : given.VERCEL_PROJECT_PRODUCTION_URL
  const defaults = {
    APP_URL: vercelHost ? `https://${vercelHost}` : 'http://localhost:3000',
    MAIL_FROM: defaultMailFrom(brand),
    RUN_WORKER: defaultRunWorker(given),
  }
  const result = schemaFor(given).safeParse({ ...defaults, ...given })
  if (result.success) return result.data
  const sentences = result.error.issues.map((issue) => `${issue.path.join('.')} ${issue.message}.`)
  throw new EnvironmentError(sentences)
}

/** Where no process outlives its request, and where code changes while it runs, runs are worked on after a request. */
function defaultRunWorker({ VERCEL, NODE_ENV }: Variables): Environment['RUN_WORKER'] {
  return VERCEL || NODE_ENV !== 'production' ? 'request' : 'app'
}

let parsed: Environment | undefined

/** The checked environment of this server, read once. Throws EnvironmentError. */
export function env(): Environment {
  // `process.env` goes in as a whole: a named NEXT_PUBLIC_ variable would be frozen into the build.
  parsed ??= parseEnvironment(process.env)
  return parsed
}
