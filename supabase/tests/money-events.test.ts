import { afterAll, beforeAll } from 'vitest'
import { type Engine, openEngine } from './engine.ts'
import { createBuyer, openCheckout, receive } from './events.ts'
import { PAYMENT_STORIES } from './payment-stories.ts'
import { PLAN_STORIES } from './plan-stories.ts'
import type { Scene } from './story.ts'
import { tellStories } from './tell-stories.ts'

let engine: Engine
beforeAll(async () => {
  engine = await openEngine({ connections: 8 })
})
afterAll(async () => {
  await engine.expectSoundLedger()
  await engine.close()
})

async function createScene(): Promise<Scene> {
  const buyer = await createBuyer(engine)
  const planSession = await openCheckout(engine, buyer, 'pro-monthly')
  return { buyer, session: await openCheckout(engine, buyer), planSession }
}

tellStories([...PAYMENT_STORIES, ...PLAN_STORIES], { engine: () => engine, createScene, receive })
