import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import Stripe from 'stripe'
import { expect, test, vi } from 'vitest'
import { POST as receive } from '../../app/api/trpc/stripeWebhook.handleWebhook/route.ts'
import { startStripeSandbox } from '../../packages/dev-stack/stripe/index.ts'
import { PROJECT_DIRECTORY } from '../../scripts/paths.ts'
import { PROVIDER_STORIES } from './provider-stories.ts'
import { sellThroughStripe } from './stripe-events.ts'
import { tellProviderStories } from './tell-provider-stories.ts'
import { testProject } from './test-project.ts'

const { OLD_SECRET } = vi.hoisted(() => {
  const OLD_SECRET = 'whsec_the_one_that_is_being_replaced'
  // Before anything is imported.
  Object.assign(process.env, {
    PAYMENT_PROVIDER: 'stripe',
    STRIPE_SECRET_KEY: 'sk_test_sandbox',
    STRIPE_WEBHOOK_SECRET: `whsec_the_new_one, ${OLD_SECRET}`,
  })
  return { OLD_SECRET }
})
// Work after an answer needs a request of Next.js around it; nothing is mailed here.
vi.mock('next/server', () => ({ after: vi.fn() }))
vi.mock('../../lib/supabase/server.ts', () => import('./admin-reads.ts'))

const forged = '{"id":"evt_forged","type":"checkout.session.completed","data":{"object":{}}}'

tellProviderStories(
  {
    receive,
    async start({ directory, webhookUrl }) {
      const sandbox = await startStripeSandbox({
        ...{ directory, webhookUrl, port: 0, products: testProject.products },
        secretKey: process.env.STRIPE_SECRET_KEY ?? '',
        // Stripe still signs with the former one, which is the second that we know.
        webhookSecret: OLD_SECRET,
        ...{ retrySchedule: [0, 50, 50], settlementDelay: 10 },
      })
      process.env.STRIPE_BASE_URL = sandbox.url
      // DodoPayments has no keys here.
      Object.assign(process.env, { DODO_PAYMENTS_API_KEY: '', DODO_PAYMENTS_WEBHOOK_KEY: '' })
      return sandbox
    },
    decide: (status) => ({ status }),
    forge: () => ({
      headers: {
        'content-type': 'application/json',
        'stripe-signature': new Stripe('sk_test_sandbox').webhooks.generateTestHeaderString({
          payload: forged,
          secret: 'whsec_of_a_stranger',
        }),
      },
      body: forged,
    }),
  },
  sellThroughStripe,
)

test('the table of the docs holds what was told', () => {
  const docs = readFileSync(join(PROJECT_DIRECTORY, 'docs/payments.md'), 'utf8')
  const rows = PROVIDER_STORIES.map(({ name, expected }) => `| ${name} | ${expected} |`)
  expect(docs).toContain(rows.join('\n'))
})
