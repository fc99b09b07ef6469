import { readdirSync } from 'node:fs'
import { join } from 'node:path'

export type Feature = {
  /** Files and folders that are the feature's own, as glob patterns. */
  paths: readonly string[]
  /** Its entries in `scripts` of package.json. */
  scripts?: readonly string[]
  /** Features that are nothing without it, and come off with it. */
  parts?: readonly string[]
}

/** What belongs to a tool outside of its folder, its end-to-end test and its page there. */
const TOOL_PATHS: Record<string, readonly string[]> = {
  'compare-texts': ['supabase/tests/compare-texts.test.ts'],
  'image-converter': ['e2e/support/convert-images.ts', 'packages/engine-lab/bench/images.ts'],
  'text-generation': [
    'app/(protected)/example-tool',
    'app/(view)/admin/users/[[]id[]]/view/example-tool',
    'app/api/example-protected',
    'e2e/pages/example-tool-page.ts',
  ],
}

/**
 * What comes off in one command. What shared files say of a feature stands in regions that bear its name; what only it
 * used, and the tests that import it, need no mention anywhere.
 */
const FEATURES: Record<string, Feature> = {
  payments: {
    paths: [
      'app/(marketing)/cached/[[]edition[]]/pricing',
      'app/(protected)/billing',
      'app/(protected)/buy-credits',
      'app/(protected)/payment-success',
      'app/(admin)/admin/business',
      'app/(admin)/admin/packages',
      'app/(admin)/admin/payments',
      'app/(admin)/admin/reconciliation',
      'app/(admin)/admin/subscriptions',
      'app/(admin)/admin/webhooks',
      'app/(view)/admin/users/[[]id[]]/view/billing',
      'app/(view)/admin/users/[[]id[]]/view/buy-credits',
      'app/api/admin/business',
      'app/api/admin/customers',
      'app/api/admin/packages',
      'app/api/admin/payments',
      'app/api/admin/reconcile',
      'app/api/admin/webhooks',
      'app/api/credits/packages',
      'app/api/dodopayments',
      'app/api/packages',
      'app/api/products',
      'app/api/stripe',
      'app/api/trpc/stripeWebhook.handleWebhook',
      'components/admin/business',
      'components/billing',
      'components/dodopayments',
      'components/marketing/pricing-section.tsx',
      'lib/admin/business',
      'lib/admin/event-filter.ts',
      'lib/admin/list-events.ts',
      'lib/contracts/marketplace.ts',
      'lib/contracts/package.ts',
      'lib/contracts/package-changes.ts',
      'lib/guide-names/validate-webhook.ts',
      'lib/payments',
      'lib/procedures/marketplace.ts',
      'packages/dev-stack/stripe',
      'scripts/demo/payments',
      'scripts/stripe-sandbox.ts',
      'scripts/sync-products',
      'scripts/sync-products.ts',
      'docs/payments.md',
      'tools/paid-tools.ts',
      'tools/priced-tools.ts',
      'e2e/pages/admin-business-page.ts',
      'e2e/pages/admin-payment-page.ts',
      'e2e/pages/billing-page.ts',
      'e2e/pages/checkout-page.ts',
      'e2e/support/buy-package.ts',
      'e2e/support/forged-webhook.ts',
      'e2e/support/sandbox.ts',
      'e2e/support/subscribe.ts',
    ],
    scripts: ['sync-products'],
    parts: ['stripe'],
  },
  stripe: {
    paths: [
      'app/api/stripe',
      'app/api/trpc/stripeWebhook.handleWebhook',
      'lib/payments/stripe',
      'packages/dev-stack/stripe',
      'scripts/stripe-sandbox.ts',
      'supabase/tests/stripe-*.ts',
      'e2e/stripe.spec.ts',
      'e2e/support/stripe-app.ts',
    ],
  },
  trpc: {
    paths: ['app/api/trpc/[[]procedure[]]', 'lib/trpc', 'supabase/tests/trpc*.ts', 'e2e/guide-pages.spec.ts'],
  },
  ai: {
    paths: [
      'lib/ai',
      'lib/env/ai-variables.ts',
      'tools/ask-ai',
      'packages/dev-stack/model',
      'scripts/model-server.ts',
      'scripts/new-tool/kinds/ai.ts',
      'supabase/tests/ask-ai.test.ts',
      'e2e/ask-ai.spec.ts',
    ],
  },
  'guide-names': {
    paths: [
      'lib/guide-names',
      'server',
      'docs/guide-names.md',
      'supabase/tests/guide-*',
      'e2e/guide-pages.spec.ts',
    ],
  },
  'engine-lab': {
    paths: ['packages/engine-lab'],
    scripts: ['bench', 'chaos', 'chaos:mutants', 'chaos:requests', 'chaos:kills'],
  },
  api: {
    paths: [
      'app/(docs)',
      'app/api/account/api-keys',
      'app/api/v1',
      'components/api-docs',
      'docs/decisions/008-api-reference.md',
      'components/api-keys',
      'lib/api-keys',
      'lib/openapi',
      'packages/typed-client',
      'e2e/api-docs.spec.ts',
      'e2e/api-keys.spec.ts',
      'e2e/pages/api-reference-page.ts',
      'supabase/tests/typed-client.test.ts',
    ],
    parts: ['mcp'],
  },
  mcp: {
    // The test of the doors goes with the agent that it connects, and so does what starts it.
    paths: [
      'app/(marketing)/cached/[[]edition[]]/docs',
      'app/api/mcp',
      'components/api-docs/mcp-clients.ts',
      'lib/mcp',
      'scripts/new-tool/five-doors.copy.test.ts',
    ],
  },
  admin: {
    paths: [
      'app/(admin)',
      'app/(view)',
      'app/api/admin',
      'components/admin',
      'lib/admin',
      'lib/http/assert-outside-view.ts',
      'lib/contracts/adjustment.ts',
      'lib/contracts/package-changes.ts',
      'e2e/admin*.spec.ts',
      'e2e/pages/admin-*.ts',
    ],
  },
}

/** The names of all that can be removed from the project at `root`: features, and its tools. */
export function listFeatures(root: string): string[] {
  const tools = readdirSync(join(root, 'tools'), { withFileTypes: true }).filter((entry) =>
    entry.isDirectory(),
  )
  return [...Object.keys(FEATURES), ...tools.map(({ name }) => name)]
}

/** @throws with a sentence that names all there is to remove */
export function findFeature(root: string, name: string): Feature {
  const names = listFeatures(root)
  if (!names.includes(name)) throw new Error(`Say what to remove: npm run remove ${names.join(' | ')}`)
  const ofTool = [
    `tools/${name}`,
    `e2e/${name}.spec.ts`,
    `e2e/pages/${name}-page.ts`,
    ...(TOOL_PATHS[name] ?? []),
  ]
  return FEATURES[name] ?? { paths: ofTool }
}
