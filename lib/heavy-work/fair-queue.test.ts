import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { ServerBusyError } from './errors'
import { FairQueue } from './fair-queue'

const LIMITS = { places: 2, memoryMb: 1_000, maxWaiting: 5, maxWaitingPerUser: 3, maxWaitMs: 15_000 }

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

/** A queue, and who was let in so far, in order. */
function open(limits: Partial<typeof LIMITS> = {}) {
  const queue = new FairQueue({ ...LIMITS, ...limits })
  const entered: string[] = []
  const places = new Map<string, Disposable>()
  const enter = (name: string, { memoryMb = 100, signal = new AbortController().signal } = {}) => {
    const userId = name.replace(/\d/, '')
    const turn = queue.enter({ userId, memoryMb, signal }).then((place) => {
      entered.push(name)
      places.set(name, place)
    })
    turn.catch(() => undefined)
    return turn
  }
  const leave = (name: string) => places.get(name)?.[Symbol.dispose]()
  const settled = () => vi.advanceTimersByTimeAsync(0)
  return { queue, entered, enter, leave, settled }
}

describe('users take turns', () => {
  test('one of them alone never has every place', async () => {
    const { entered, enter, settled } = open()
    for (const name of ['ada1', 'ada2', 'ada3']) void enter(name)
    await settled()
    expect(entered).toEqual(['ada1'])
    void enter('bob1')
    await settled()
    expect(entered).toEqual(['ada1', 'bob1'])
  })

  test('whoever has sent many waits after whoever has sent one', async () => {
    const { entered, enter, leave, settled } = open()
    for (const name of ['ada1', 'bob1', 'ada2', 'ada3', 'ada4', 'cyd1']) void enter(name)
    await settled()
    for (const name of ['ada1', 'ada2', 'cyd1', 'ada3']) {
      leave(name)
      await settled()
    }
    expect(entered).toEqual(['ada1', 'bob1', 'ada2', 'cyd1', 'ada3', 'ada4'])
  })

  test('a large run is waited for, and small ones do not pass it forever', async () => {
    const { entered, enter, leave, settled } = open()
    void enter('ada1', { memoryMb: 600 })
    void enter('bob1', { memoryMb: 900 })
    void enter('cyd1')
    await settled()
    expect(entered).toEqual(['ada1'])
    leave('ada1')
    await settled()
    expect(entered).toEqual(['ada1', 'bob1', 'cyd1'])
  })

  test('a place is given back once, however often it is said', async () => {
    const { entered, enter, leave, settled } = open()
    for (const name of ['ada1', 'bob1', 'cyd1', 'dan1']) void enter(name)
    await settled()
    leave('ada1')
    leave('ada1')
    await settled()
    expect(entered).toEqual(['ada1', 'bob1', 'cyd1'])
  })
})

describe('nobody waits without end', () => {
  test('after 15 seconds a run is refused with 503 and when to try again, and leaves the queue', async () => {
    const { entered, enter, leave, settled } = open()
    void enter('ada1')
    const refused = expect(enter('ada2')).rejects.toMatchObject({
      ...{ code: 'server_busy', status: 503, details: { retryAfterSeconds: 10 } },
      message: 'The server is busy. Try again in 10 seconds.',
    })
    await vi.advanceTimersByTimeAsync(15_000)
    await refused
    leave('ada1')
    await settled()
    expect(entered).toEqual(['ada1'])
  })

  test('a run too many of a user is refused at once, and others are not', async () => {
    const { queue, enter } = open()
    for (const name of ['ada1', 'ada2', 'ada3', 'ada4']) void enter(name)
    await expect(enter('ada5')).rejects.toBeInstanceOf(ServerBusyError)
    expect(() => queue.assertMayWait('ada')).toThrow(ServerBusyError)
    expect(() => queue.assertMayWait('bob')).not.toThrow()
  })

  test('a run too many of all is refused at once', async () => {
    const { enter } = open()
    for (const name of ['ada1', 'bob1', 'cyd1', 'dan1', 'eve1', 'fay1', 'gus1']) void enter(name)
    await expect(enter('hal1')).rejects.toBeInstanceOf(ServerBusyError)
  })

  test('who goes away while waiting makes room', async () => {
    const { entered, enter, leave, settled } = open()
    const client = new AbortController()
    void enter('ada1')
    const gone = expect(enter('ada2', { signal: client.signal })).rejects.toThrow('gone')
    void enter('ada3')
    client.abort(new Error('gone'))
    await gone
    leave('ada1')
    await settled()
    expect(entered).toEqual(['ada1', 'ada3'])
  })

  test('a large run that gives up lets the small ones behind it in', async () => {
    const { entered, enter, settled } = open()
    const client = new AbortController()
    void enter('ada1', { memoryMb: 600 })
    void enter('bob1', { memoryMb: 900, signal: client.signal })
    void enter('cyd1')
    client.abort()
    await settled()
    expect(entered).toEqual(['ada1', 'cyd1'])
  })

  test('a run larger than all there is says so, instead of waiting', async () => {
    const { enter } = open()
    await expect(enter('ada1', { memoryMb: 1_001 })).rejects.toBeInstanceOf(RangeError)
  })
})
