import type { RealtimeChannel } from '@supabase/supabase-js'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ANN, BEN, eventually, type Fixture, startFixture } from './testing.ts'

let fixture: Fixture
beforeAll(async () => {
  fixture = await startFixture()
})
afterAll(() => fixture.close())

async function subscribed(channel: RealtimeChannel): Promise<RealtimeChannel> {
  await new Promise((resolve) => channel.subscribe(resolve))
  return channel
}

describe.each(['1.0.0', '2.0.0'])('protocol %s', (vsn) => {
  test('a broadcast reaches the others on the topic, and its sender only on request', async () => {
    const heard: string[] = []
    async function listen(name: string, topic: string, self = false) {
      const client = await fixture.userClient(name === 'ann' ? ANN : BEN, vsn)
      const channel = client.channel(topic, { config: { broadcast: { self, ack: true } } })
      channel.on('broadcast', { event: 'say' }, ({ payload }) => heard.push(`${name}: ${payload.text}`))
      return subscribed(channel)
    }
    const ann = await listen('ann', `room-${vsn}`, true)
    const ben = await listen('ben', `room-${vsn}`)
    await listen('far', `other-${vsn}`)
    expect(await ben.send({ type: 'broadcast', event: 'say', payload: { text: 'tür' } })).toBe('ok')
    expect(await ann.send({ type: 'broadcast', event: 'say', payload: { text: 'hi' } })).toBe('ok')
    await eventually(() => expect(heard).toHaveLength(3))
    expect(heard.toSorted()).toEqual(['ann: hi', 'ann: tür', 'ben: hi'])
  })

  test('presence shows who is there, and who has gone', async () => {
    const enter = async (user: string, key: string) => {
      const channel = (await fixture.userClient(user, vsn)).channel(`lobby-${vsn}`, {
        config: { presence: { key } },
      })
      channel.on('presence', { event: 'sync' }, () => {})
      await subscribed(channel)
      expect(await channel.track({ mood: key })).toBe('ok')
      return channel
    }
    const ann = await enter(ANN, 'ann')
    const ben = await enter(BEN, 'ben')
    const shown = (channel: RealtimeChannel) =>
      Object.entries(channel.presenceState<{ mood: string }>()).map(
        ([key, [first]]) => `${key} ${first?.mood}`,
      )
    await eventually(() => expect(shown(ann).toSorted()).toEqual(['ann ann', 'ben ben']))
    await eventually(() => expect(shown(ben).toSorted()).toEqual(['ann ann', 'ben ben']))
    await ben.track({ mood: 'busy' })
    await eventually(() => expect(shown(ann).toSorted()).toEqual(['ann ann', 'ben busy']))
    await ben.unsubscribe()
    await eventually(() => expect(shown(ann)).toEqual(['ann ann']))
  })
})

test('bytes are broadcast as bytes', async () => {
  const heard: unknown[] = []
  const [ann, ben] = await Promise.all([fixture.userClient(ANN), fixture.userClient(BEN)])
  const listener = ann.channel('bytes')
  listener.on('broadcast', { event: 'raw' }, ({ payload }) => heard.push(payload))
  await subscribed(listener)
  const sender = await subscribed(ben.channel('bytes'))
  await sender.send({ type: 'broadcast', event: 'raw', payload: new Uint8Array([1, 2, 255]).buffer })
  await eventually(() => expect(heard).toEqual([new Uint8Array([1, 2, 255]).buffer]))
})
