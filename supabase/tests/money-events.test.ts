import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Engine, openEngine } from './engine.ts'
import { copy, createBuyer, openCheckout, receive, receiveAll, records } from './events.ts'
import { PAYMENT_STORIES } from './payment-stories.ts'
import { PLAN_STORIES } from './plan-stories.ts'
import type { Scene } from './story.ts'

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

describe.each([...PAYMENT_STORIES, ...PLAN_STORIES])('$name', ({ before, told, successor, expected }) => {
  /** The records of somebody with this past, after `act`. */
  async function recordsAfter(act: (scene: Scene) => Promise<unknown>) {
    const scene = await createScene()
    await receiveAll(engine, before(scene))
    await act(scene)
    return records(engine, scene.buyer)
  }

  test('has its effect on payment, subscription, wallet, ledger and membership', async () => {
    expect(await recordsAfter((scene) => receiveAll(engine, [told(scene)]))).toMatchObject(expected)
  })

  test('has it once, delivered again under the same id and under another', async () => {
    const again = await recordsAfter(async (scene) => {
      const first = told(scene)
      await receiveAll(engine, [first, first, copy(first)])
    })
    expect(again).toMatchObject(expected)
  })

  test('has it once, delivered five times in parallel', async () => {
    const parallel = await recordsAfter(async (scene) => {
      const first = told(scene)
      const deliveries = [first, first, copy(first), copy(first), copy(first)]
      await Promise.all(deliveries.map((delivery) => receive(engine, delivery)))
    })
    expect(parallel).toMatchObject(expected)
  })

  test('ends the same after its successor as before it', async () => {
    const inOrder = await recordsAfter((scene) => receiveAll(engine, [told(scene), successor(scene)]))
    const reversed = await recordsAfter((scene) => receiveAll(engine, [successor(scene), told(scene)]))
    // But for mails: nobody hears that a renewal failed once it is known to have succeeded.
    expect({ ...reversed, mails: null }).toEqual({ ...inOrder, mails: null })
  })
})
