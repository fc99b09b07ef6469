import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import DodoPayments from 'dodopayments'
import { SEEDED_PACKAGES } from '../../../lib/pricing-plans.ts'
import { startDodoSandbox } from '../../../packages/dev-stack/dodopayments/index.ts'
import type { Engine } from '../engine.ts'
import type { StoryClock } from '../story-clock.ts'
import { ageSandbox } from './age-sandbox.ts'
import { receiveWebhooks } from './receive-webhooks.ts'

const CARD = { expiry: '12/40', cvc: '123' }
/** An event that cannot be applied is sent again, and then given up. */
const RETRIES_MS = [0, 20, 40]
const SETTLEMENT_MS = 20
const PAUSE_MS = 20
const WAIT_TIMEOUT_MS = 10_000

export type SandboxKeys = { apiKey: string; webhookKey: string }

/** The provider while it is open: the client that the app uses too, and what buyers and time do there. */
export type OpenShop = {
  dodo: DodoPayments
  /** Types a card on the hosted page. */
  pay(checkoutUrl: string, cardNumber: string): Promise<void>
  /** A switch of the sandbox: what happens at a bank. */
  control(path: string, body?: object): Promise<void>
  /** Waits until something has come about there. @throws when it does not */
  until(condition: () => Promise<boolean>): Promise<void>
}

export type Shop = Awaited<ReturnType<typeof openShop>>

type Options = {
  engine: Engine
  clock: StoryClock
  /** Where the sandbox keeps its state: the stack that starts on it later goes on from there. */
  directory: string
  keys: SandboxKeys
  /** The one that the sandbox will have later: addresses of checkouts and invoices are kept. 0 for any. */
  port: number
}

/** The payment sandbox as a shop that is opened whenever money moves, and closed while time passes. */
export async function openShop({ engine, clock, directory, keys, port }: Options) {
  const receiver = await receiveWebhooks(engine, keys.webhookKey)
  let aged = clock.passed()

  async function age(): Promise<void> {
    await ageSandbox(join(directory, 'dodo.json'), clock.passed() - aged)
    aged = clock.passed()
  }

  return {
    /** Does something there, and waits for the webhooks of it. */
    async visit<Result>(act: (shop: OpenShop) => Promise<Result>): Promise<Result> {
      await age()
      const sandbox = await startDodoSandbox({
        ...{ directory, port, ...keys, webhookUrl: receiver.url, products: PRODUCTS },
        ...{ retrySchedule: RETRIES_MS, settlementDelay: SETTLEMENT_MS },
      })
      try {
        const shop = visitSandbox(sandbox.url, keys.apiKey)
        const result = await act(shop)
        await idle(sandbox.url)
        return result
      } finally {
        await sandbox.close()
      }
    },
    async close(): Promise<void> {
      await age()
      await receiver.close()
    },
  }
}

const PRODUCTS = SEEDED_PACKAGES.map(({ productIds, ...sold }) => ({
  ...sold,
  productId: productIds.dodopayments,
}))

/** The provider's product of a package. */
export function productOf(packageId: string): string {
  const found = SEEDED_PACKAGES.find(({ id }) => id === packageId)
  if (!found) throw new Error(`There is no package ${packageId}.`)
  return found.productIds.dodopayments
}

function visitSandbox(url: string, apiKey: string): OpenShop {
  return {
    dodo: new DodoPayments({ baseURL: url, bearerToken: apiKey, maxRetries: 0 }),
    async pay(checkoutUrl, number) {
      const body = new URLSearchParams({ number, ...CARD })
      await fetch(checkoutUrl, { method: 'POST', redirect: 'manual', body })
    },
    async control(path, body = {}) {
      const headers = { 'content-type': 'application/json' }
      const response = await fetch(`${url}/sandbox/${path}`, {
        ...{ method: 'POST', headers, body: JSON.stringify(body) },
      })
      if (!response.ok) throw new Error(`The sandbox refused ${path}: ${await response.text()}`)
    },
    async until(condition) {
      const deadline = AbortSignal.timeout(WAIT_TIMEOUT_MS)
      while (!(await condition())) {
        deadline.throwIfAborted()
        await delay(PAUSE_MS)
      }
    },
  }
}

async function idle(url: string): Promise<void> {
  const response = await fetch(`${url}/sandbox/idle?timeout=${WAIT_TIMEOUT_MS}`)
  if (!response.ok) throw new Error('Webhooks of the sandbox are still on their way.')
}
