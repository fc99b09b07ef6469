import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Engine, openEngine } from './engine.ts'
import { PAYMENT_STORIES } from './payment-stories.ts'
import { PLAN_STORIES } from './plan-stories.ts'
import type { Scene } from './story.ts'
import { openStripeCheckout, receiveFromStripe, sellThroughStripe, toStripe } from './stripe-events.ts'
import { planSessionOf } from './stripe-objects.ts'
import { tellStories } from './tell-stories.ts'

/** What Stripe never says, and why. */
const UNTOLD: Record<string, string> = {
  'payment.cancelled': 'a checkout that is given up expires, which is no payment',
  'dispute.accepted': 'an accepted dispute is a lost one',
  'dispute.expired': 'a dispute nobody answered is a lost one',
}
/** What Stripe says otherwise, and how. */
const DIFFERENT: Record<string, string> = {
  'refund.succeeded, of the whole, converted to less': 'refunds are in the currency of the charge',
  'subscription.expired': 'a plan that has run out is canceled',
  'payment.succeeded, of a difference hours after the charge, and told of before it':
    'an invoice tells of a period and of its charge at once',
}
const STORIES = [...PAYMENT_STORIES, ...PLAN_STORIES]

let engine: Engine
beforeAll(async () => {
  engine = await openEngine({ connections: 8 })
  await sellThroughStripe(engine)
})
afterAll(async () => {
  await engine.expectSoundLedger()
  await engine.close()
})

/** Another checkout stays open beside the one of the story, as in the other provider's stories. */
async function createScene(): Promise<Scene> {
  const scene = await openStripeCheckout(engine)
  const planSession = planSessionOf(scene.buyer.customer)
  await engine.call('record_checkout', {
    p_user_id: scene.buyer.userId,
    p_package_id: 'pro-monthly',
    p_checkout_session_id: planSession,
    p_provider: 'stripe',
  })
  return { ...scene, planSession }
}

test('every story is told by Stripe too, but for those it has no words for', async () => {
  const scene = await createScene()
  const untold = STORIES.filter(({ told }) => toStripe(told(scene)) === null).map(({ name }) => name)
  expect(untold).toEqual(Object.keys(UNTOLD))
})

const TOLD = STORIES.filter(({ name }) => !(name in UNTOLD || name in DIFFERENT))

tellStories(TOLD, { engine: () => engine, createScene, receive: receiveFromStripe })

test('the ids in an event of Stripe are found by name, so that an admin can search for them', async () => {
  const { buyer, session } = await openStripeCheckout(engine)
  const paid = PAYMENT_STORIES.find(({ name }) => name === 'payment.succeeded')
  const delivery = paid?.told({ buyer, session, planSession: '' })
  if (!delivery) throw new Error('The story is missing.')
  await receiveFromStripe(engine, delivery)
  const [stored] = await engine.owner`
    select provider_ids, status from payment_events where id = ${`stripe:${delivery.id}`}`
  expect(stored).toEqual({ provider_ids: [session, `pay_of_${session}`].sort(), status: 'processed' })
})
