const LEAVES = [
  'lib/brand.ts',
  'lib/credit-type.ts',
  'lib/currency.ts',
  'lib/format.ts',
  'lib/job-intervals.ts',
  'lib/logger.ts',
  'lib/navigation-start.ts',
  'lib/oklch.ts',
  'lib/palette.ts',
  'lib/reject-on-abort.ts',
  'lib/slug.ts',
  'lib/text.ts',
  'lib/theme-script.ts',
  'lib/tiers.ts',
  'lib/time.ts',
  'lib/timestamp.ts',
  'lib/utils.ts',
  'lib/zone-days.ts',
]
const BASE = ['lib/env', 'lib/http', ...LEAVES]

/**
 * Each module, and what it may import besides itself. A module is a folder or a file; the longest name that covers a file
 * is its module. A new folder of `lib` or `packages` gets its own line.
 */
export const MODULES: Record<string, readonly string[]> = {
  app: ['tools', 'components', 'lib'],
  tools: ['components', 'lib'],

  components: ['components', 'lib'],
  'components/ui': LEAVES,

  lib: LEAVES,
  'lib/account': [
    'lib/auth',
    'lib/credits',
    'lib/mail/mail-choices.ts',
    'lib/payments',
    'lib/reader/reader-input.ts',
    'lib/supabase',
    ...BASE,
  ],
  'lib/admin': [
    'lib/account',
    'lib/auth',
    'lib/catalog',
    'lib/contracts',
    'lib/credits',
    'lib/payments',
    'lib/supabase',
    ...BASE,
  ],
  'lib/api-client': ['lib/contracts', ...BASE],
  'lib/ai': ['lib/tool-runner/define-tool.ts', ...BASE], // #only ai
  'lib/api-keys': ['lib/auth', 'lib/credits', 'lib/supabase', ...BASE],
  'lib/auth': ['lib/rate-limits', 'lib/supabase', ...BASE],
  'lib/catalog': ['lib/pricing-plans.ts', 'lib/supabase', ...BASE],
  'lib/contracts': [
    ...['lib/admin/packages/package-input.ts', 'lib/admin/reason.ts', 'lib/catalog/package-id.ts'],
    'lib/credits/history-query.ts',
    ...LEAVES,
  ],
  'lib/credit-manager': ['lib/supabase', ...BASE],
  'lib/credits': ['lib/supabase', ...BASE],
  'lib/env': LEAVES,
  'lib/guide-names': ['lib/auth', 'lib/credits', 'lib/mail', 'lib/payments', 'lib/supabase', ...BASE],
  'lib/heavy-work': BASE,
  'lib/http': ['lib/api-keys', 'lib/auth', 'lib/contracts/contract.ts', 'lib/rate-limits', ...BASE],
  'lib/jobs': ['lib/mail', 'lib/payments', 'lib/supabase', 'lib/tool-runner', ...BASE],
  'lib/mail': ['lib/credits', 'lib/payments/index.ts', 'lib/reader/reader-input.ts', 'lib/supabase', ...BASE],
  'lib/mcp': ['lib/account', 'lib/api-keys', 'lib/openapi', 'lib/supabase', 'lib/tool-runner', ...BASE], // #only mcp
  'lib/openapi': ['lib/credits', 'lib/tool-runner', ...BASE],
  'lib/payments': ['lib/payments', 'lib/catalog', 'lib/credits', 'lib/supabase', ...BASE],
  'lib/payments/provider.ts': ['lib/payments/events/payment-event.ts'],
  'lib/pricing-plans.ts': ['lib/credits/pricing.ts', ...LEAVES],
  'lib/procedures': [
    ...[
      'lib/admin',
      'lib/auth',
      'lib/catalog',
      'lib/contracts',
      'lib/credits',
      'lib/payments',
      'lib/supabase',
    ],
    ...BASE,
  ],
  'lib/rate-limits': ['lib/supabase', ...BASE],
  'lib/reader': ['lib/account/read-profile.ts', 'lib/auth', ...BASE],
  'lib/supabase': ['lib/env', 'lib/http/client-address.ts', 'lib/http/errors.ts', ...LEAVES],
  'lib/tool-runner': ['lib/api-keys', 'lib/auth', 'lib/credits', 'lib/supabase', ...BASE],
  'lib/trpc': ['lib/contracts', 'lib/procedures', ...BASE],

  server: ['lib/guide-names'],

  // Configuration, and the files that Next.js looks for here.
  '.': ['lib', 'tools'],
  'playwright.config.ts': ['scripts'],

  'docs/examples': ['lib/api-client', 'lib/http/api-client.ts'],
  scripts: ['lib', 'packages/dev-stack', 'scripts/shots'],
  // Looks at the app as the end-to-end tests do.
  'scripts/shots': ['e2e', 'packages/dev-stack', 'scripts'],
  'packages/credit-sdk': [],
  'packages/credit-sdk/examples': ['packages/credit-sdk', 'packages/dev-stack'],
  'packages/credit-sdk/tests': ['packages/credit-sdk', 'packages/dev-stack'],
  'packages/credit-sdk/testing': ['packages/dev-stack', 'packages/credit-sdk', 'scripts/paths.ts'],
  'packages/dev-stack': [],
  'packages/engine-lab': [
    'packages/dev-stack',
    'scripts',
    'e2e',
    'lib/env/live-mode.ts',
    ...['cluster', 'data-api', 'kills/kill-runs', 'random', 'test-project'].map(
      (name) => `supabase/tests/${name}.ts`,
    ),
  ],
  e2e: ['packages/dev-stack', 'scripts', 'lib', 'supabase/tests/test-project.ts'],
  'supabase/tests': ['packages/dev-stack', 'scripts', 'app', 'server', 'tools', 'components', 'lib'],
}

/** What child processes run, as it is: nothing of the project is there. */
const ALONE = /\.mts$/

const TEST = /\.test\.tsx?$/

/** The module of a file, or undefined when none is named for it. */
export function moduleOf(file: string): string | undefined {
  const names = Object.keys(MODULES).filter((name) => isWithin(file, name))
  return names.sort((a, b) => b.length - a.length)[0] ?? (file.includes('/') ? undefined : '.')
}

/** Whether `file`, in `module`, may import `target`. A test in `lib` may use all of `lib`. */
export function mayImport(file: string, module: string, target: string): boolean {
  if (ALONE.test(file)) return false
  if (moduleOf(target) === module) return true
  const allowed = TEST.test(file) && isWithin(file, 'lib') ? ['lib'] : (MODULES[module] ?? [])
  return allowed.some((name) => isWithin(target, name))
}

function isWithin(file: string, name: string): boolean {
  return file === name || file.startsWith(`${name}/`)
}
