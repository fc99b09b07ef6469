import { describe, expect, test } from 'vitest'
import type { Engine } from './engine.ts'
import { copy, type Receive, receiveAll, records } from './events.ts'
import type { Scene, Story } from './story.ts'

type Teller = { engine: () => Engine; createScene: () => Promise<Scene>; receive: Receive }

/** Tells every story as one provider does: each has its effect once, however often and in whatever order it is told. */
export function tellStories(stories: readonly Story[], { engine, createScene, receive }: Teller): void {
  describe.each(stories)('$name', ({ before, told, successor, expected }) => {
    const tell = (all: Parameters<typeof receiveAll>[1]) => receiveAll(engine(), all, receive)

    /** The records of somebody with this past, after `act`. */
    async function recordsAfter(act: (scene: Scene) => Promise<unknown>) {
      const scene = await createScene()
      await tell(before(scene))
      await act(scene)
      return records(engine(), scene.buyer)
    }

    test('has its effect on payment, subscription, wallet, ledger and membership', async () => {
      expect(await recordsAfter((scene) => tell([told(scene)]))).toMatchObject(expected)
    })

    test('has it once, delivered again under the same id and under another', async () => {
      const again = await recordsAfter(async (scene) => {
        const first = told(scene)
        await tell([first, first, copy(first)])
      })
      expect(again).toMatchObject(expected)
    })

    test('has it once, delivered five times in parallel', async () => {
      const parallel = await recordsAfter(async (scene) => {
        const first = told(scene)
        const deliveries = [first, first, copy(first), copy(first), copy(first)]
        await Promise.all(deliveries.map((delivery) => receive(engine(), delivery)))
      })
      expect(parallel).toMatchObject(expected)
    })

    test('ends the same after its successor as before it', async () => {
      const inOrder = await recordsAfter((scene) => tell([told(scene), successor(scene)]))
      const reversed = await recordsAfter((scene) => tell([successor(scene), told(scene)]))
      // But for mails: nobody hears that a renewal failed once it is known to have succeeded.
      expect({ ...reversed, mails: null }).toEqual({ ...inOrder, mails: null })
    })
  })
}
