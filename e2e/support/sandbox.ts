import { expect } from '@playwright/test'
import { stackEnv } from './environment.ts'

type Delivery = {
  id: string
  type: string
  status: string
  object: { id: string }
  attempts: { status: number }[]
}

/** What the DodoPayments sandbox did, and its switches. Each looks at one payment: the sandbox is shared by all tests. */
export const sandbox = {
  /** The deliveries about a payment. */
  async deliveries(paymentId: string): Promise<Delivery[]> {
    const { items } = await ask<{ items: Delivery[] }>('GET', '/sandbox/deliveries')
    return items.filter(({ object }) => object.id === paymentId)
  },

  /** The charge of a subscription that has one. */
  async paymentOf(subscriptionId: string): Promise<string> {
    const path = `/payments?subscription_id=${subscriptionId}`
    const { items } = await ask<{ items: { payment_id: string }[] }>('GET', path)
    return items[0]?.payment_id ?? ''
  },

  /** Sends a delivery again, many times at once: under its own id, or each under a new one. */
  async resend(deliveryId: string, options: { times: number; asNew?: boolean }): Promise<void> {
    await ask('POST', `/sandbox/deliveries/${deliveryId}/resend`, options)
  },

  /**
   * Holds back what is sent about a buyer while `act` runs. Gives the ids of the deliveries that are held, of those
   * about the objects whose ids `act` gives; all others that are held stay so.
   */
  async holdBack(email: string, act: () => Promise<string[]>): Promise<string[]> {
    let ids: string[]
    await ask('POST', '/sandbox/hold', { about: email, on: true })
    try {
      ids = await act()
    } finally {
      await ask('POST', '/sandbox/hold', { about: email, on: false })
    }
    const about = await Promise.all(ids.map((id) => this.deliveries(id)))
    return about.flat().flatMap(({ id, status }) => (status === 'held' ? id : []))
  },

  /** Sends what was kept back, one after the other. */
  async release(deliveryIds: string[]): Promise<void> {
    await ask('POST', '/sandbox/release', { order: deliveryIds })
  },

  /** Waits until every delivery about a payment was answered, and gives the answers. */
  async answers(paymentId: string): Promise<number[]> {
    const waiting = async () =>
      (await this.deliveries(paymentId)).filter(({ status }) => status === 'pending')
    await expect.poll(waiting, `deliveries about ${paymentId} that wait`).toEqual([])
    const deliveries = await this.deliveries(paymentId)
    return deliveries.flatMap(({ attempts }) => attempts.map(({ status }) => status))
  },

  /** What time does to a subscription: its period ends now, and the next one is charged. */
  async renew(subscriptionId: string, outcome?: 'succeeded' | 'on_hold' | 'past_due'): Promise<void> {
    await ask('POST', `/sandbox/subscriptions/${subscriptionId}/renew`, { outcome })
  },

  /** The charges of a subscription, as the sandbox's own API tells them. */
  async charges(subscriptionId: string): Promise<{ status: string; total_amount: number }[]> {
    const path = `/payments?page_number=0&page_size=100&subscription_id=${subscriptionId}`
    return (await ask<{ items: { status: string; total_amount: number }[] }>('GET', path)).items
  },

  /** Gives the money of a payment back, as somebody does in the dashboard of DodoPayments. */
  async refund(paymentId: string): Promise<void> {
    await ask('POST', `/sandbox/payments/${paymentId}/refund`, {})
  },
}

async function ask<Result>(method: string, path: string, body?: object): Promise<Result> {
  const response = await fetch(`${stackEnv('DODO_PAYMENTS_BASE_URL')}${path}`, {
    method,
    headers: {
      'content-type': 'application/json',
      authorization: `Bearer ${stackEnv('DODO_PAYMENTS_API_KEY')}`,
    },
    body: body && JSON.stringify(body),
  })
  if (!response.ok) throw new Error(`The sandbox answered ${response.status} to ${path}.`)
  return response.json()
}
