import { vi } from 'vitest'
import { POST as receive } from '../../app/api/dodopayments/webhook/route.ts'
import { startDodoSandbox } from '../../packages/dev-stack/dodopayments/index.ts'
import { tellProviderStories } from './tell-provider-stories.ts'
import { testProject } from './test-project.ts'

// Work after an answer needs a request of Next.js around it; nothing is mailed here.
vi.mock('next/server', () => ({ after: vi.fn() }))
vi.mock('../../lib/supabase/server.ts', () => import('./admin-reads.ts'))

tellProviderStories(
  {
    receive,
    async start({ directory, webhookUrl }) {
      const sandbox = await startDodoSandbox({
        ...{ directory, webhookUrl, port: 0, products: testProject.products },
        apiKey: process.env.DODO_PAYMENTS_API_KEY ?? '',
        webhookKey: process.env.DODO_PAYMENTS_WEBHOOK_KEY ?? '',
        ...{ retrySchedule: [0, 50, 50], settlementDelay: 10 },
      })
      process.env.DODO_PAYMENTS_BASE_URL = sandbox.url
      return sandbox
    },
    decide: (outcome) => ({ outcome }),
    forge: () => ({
      headers: {
        'content-type': 'application/json',
        'webhook-id': 'msg_forged',
        'webhook-timestamp': String(Math.floor(Date.now() / 1000)),
        'webhook-signature': 'v1,Zm9yZ2Vk',
      },
      body: '{"type":"payment.succeeded","data":{}}',
    }),
  },
  async () => {},
)
