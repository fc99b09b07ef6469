import { expect, type Page } from '@playwright/test'
import { BillingPage } from '../pages/billing-page.ts'
import { callApi } from './call-api.ts'
import type { Database } from './database.ts'

const CARDS = {
  good: '4242 4242 4242 4242',
  /** Pays once, and fails whenever it is charged again. */
  failsLater: '4000 0000 0000 0341',
}

/** Pays a checkout without looking at its page, and gives where its buyer is sent then. */
export async function payByApi(checkoutUrl: unknown, card: keyof typeof CARDS = 'good'): Promise<string> {
  const fields = new URLSearchParams({ number: CARDS[card], expiry: '12/34', cvc: '123' })
  const paid = await fetch(String(checkoutUrl), { method: 'POST', body: fields, redirect: 'manual' })
  expect(paid.status).toBe(303)
  return paid.headers.get('location') ?? ''
}

/** Opens a checkout and pays it. */
export async function buyByApi(page: Page, packageId: string, card?: keyof typeof CARDS): Promise<void> {
  const { status, body } = await callApi(page, '/api/dodopayments/checkout', { packageId })
  expect(status).toBe(200)
  await payByApi(body.checkoutUrl, card)
}

/**
 * Gives whoever is signed in on a page a plan, with its first credits, and tells the provider's id of it. Periods are
 * told apart by the second they begin in, so it is there once that of the first one is over, as for any person.
 */
export async function subscribe(
  page: Page,
  sql: Database,
  { userId, planId, card }: { userId: string; planId: string; card?: keyof typeof CARDS },
): Promise<string> {
  await buyByApi(page, planId, card)
  const grants = async () =>
    (
      await sql`
        select s.provider_subscription_id as id
        from subscriptions s
        join subscription_periods p on p.subscription_id = s.id
        where s.user_id = ${userId} and s.status = 'active'
        and s.current_period_start < date_trunc('second', clock_timestamp())`
    ).map(({ id }) => String(id))
  await expect.poll(grants, 'the first period').toHaveLength(1)
  const [id] = await grants()
  return id ?? ''
}

/** Gives somebody the Pro plan by the month, and opens the page on which they see to it, followed live. */
export async function openBillingOfSubscriber(
  page: Page,
  sql: Database,
  { id: userId }: { id: string },
): Promise<BillingPage> {
  await subscribe(page, sql, { userId, planId: 'pro-monthly' })
  const billing = new BillingPage(page)
  await billing.open()
  return billing
}
