import { beforeEach, describe, expect, test, vi } from 'vitest'
import type { FeedListener } from './credit-feed'
import { CreditManager } from './credit-manager'

const user = 'user-1'
const general = (balance: number, version: number) => ({ creditType: 'general', balance, version })

let feed: FeedListener
let follows: number
let unfollow: ReturnType<typeof vi.fn<() => void>>
let manager: CreditManager

beforeEach(() => {
  vi.useFakeTimers()
  follows = 0
  unfollow = vi.fn<() => void>()
  manager = new CreditManager({
    follow: (_, listener) => {
      feed = listener
      follows += 1
      return unfollow
    },
    fetch: async () => [general(70, 9)],
  })
  return () => vi.useRealTimers()
})

describe('a subscriber', () => {
  test('hears each new balance, and the known one at once', () => {
    manager.updateBalance(user, 100, { version: 1 })
    const heard: number[] = []
    manager.subscribeToCredits(user, (balance) => heard.push(balance))
    feed.onRow(general(98, 2))
    expect(heard).toEqual([100, 98])
  })

  test('never sees a row that is late, repeated or out of order', () => {
    const heard: number[] = []
    manager.subscribeToCredits(user, (balance) => heard.push(balance))
    feed.onRow(general(90, 5))
    feed.onRow(general(95, 4))
    feed.onRow(general(90, 5))
    feed.onRow(general(80, 6))
    expect(heard).toEqual([90, 80])
  })

  test('can ask whether what it has is old', () => {
    expect(manager.knowsNewer(user, 'general', 0)).toBe(false)
    manager.updateBalance(user, 90, { version: 5 })
    expect([4, 5, 6].map((version) => manager.knowsNewer(user, 'general', version))).toEqual([
      true,
      false,
      false,
    ])
    expect(manager.knowsNewer(user, 'calling', 0)).toBe(false)
    expect(manager.knowsNewer('user-2', 'general', 0)).toBe(false)
  })

  test('does not hear of another user or another wallet', () => {
    const heard: number[] = []
    manager.subscribeToCredits(user, (balance) => heard.push(balance))
    manager.updateBalance('user-2', 7)
    feed.onRow({ creditType: 'calling', balance: 3, version: 1 })
    expect(heard).toEqual([])
    expect(manager.getBalance(user, 'calling')).toBe(3)
  })

  test('hears of a wallet that opens with what it gets, from the nothing that the page had', () => {
    // As the server renders a wallet without a row.
    manager.updateBalance(user, 0, { creditType: 'image', version: 0 })
    const updates: (number | null)[] = []
    manager.on('balanceUpdated', ({ previous, balance }) => updates.push(previous, balance))
    manager.subscribeToCredits(user, () => {}, 'image')
    feed.onRow({ creditType: 'image', balance: 0, version: 0 })
    feed.onRow({ creditType: 'image', balance: 500, version: 1 })
    expect(updates).toEqual([0, 500])
  })

  test('who left hears nothing more, even when leaving twice', () => {
    const heard: number[] = []
    const leave = manager.subscribeToCredits(user, (balance) => heard.push(balance))
    const stay = manager.subscribeToCredits(user, () => {})
    leave()
    leave()
    feed.onRow(general(1, 1))
    expect(heard).toEqual([])
    vi.runAllTimers()
    expect(unfollow).not.toHaveBeenCalled()
    stay()
    vi.runAllTimers()
    expect(unfollow).toHaveBeenCalledOnce()
  })
})

describe('the live connection', () => {
  test('is shared by all subscribers', () => {
    manager.subscribeToCredits(user, () => {})
    manager.subscribeToCredits(user, () => {})
    expect(follows).toBe(1)
  })

  test('survives a mount, unmount and mount again, as React does in development', () => {
    manager.subscribeToCredits(user, () => {})()
    manager.subscribeToCredits(user, () => {})
    vi.runAllTimers()
    expect(unfollow).not.toHaveBeenCalled()
    expect(follows).toBe(1)
  })

  test('tells its status, once per change', () => {
    const statuses: string[] = []
    manager.on('statusChanged', ({ status }) => statuses.push(status))
    manager.subscribeToCredits(user, () => {})
    feed.onStatus('live', null)
    feed.onStatus('live', null)
    feed.onStatus('reconnecting', 'Lost.')
    expect(statuses).toEqual(['live', 'reconnecting'])
    expect(manager.getStatus(user)).toEqual({ status: 'reconnecting', error: 'Lost.' })
  })
})

describe('an update from the answer of a tool', () => {
  test('with a version older than what realtime brought is dropped', () => {
    manager.updateBalance(user, 50, { version: 8 })
    manager.updateBalance(user, 60, { version: 7 })
    expect(manager.getBalance(user)).toBe(50)
  })

  test('that gives credits back is shown before their row, and never after it', () => {
    const given = { version: 8, ahead: true }
    manager.updateBalance(user, 45, { version: 8 })
    manager.updateBalance(user, 48, given)
    expect(manager.getBalance(user)).toBe(48)
    manager.updateBalance(user, 45, { version: 8 })
    expect(manager.getBalance(user)).toBe(48)
    manager.updateBalance(user, 148, { version: 10 })
    manager.updateBalance(user, 48, given)
    expect(manager.getBalance(user)).toBe(148)
  })

  test('without a version is shown until the next row', () => {
    manager.updateBalance(user, 50, { version: 8 })
    manager.updateBalance(user, 48)
    expect(manager.getBalance(user)).toBe(48)
    manager.updateBalance(user, 47, { version: 9 })
    expect(manager.getBalance(user)).toBe(47)
  })
})

test('a refresh corrects what the tab shows', async () => {
  manager.updateBalance(user, 100, { version: 1 })
  expect(await manager.refresh(user)).toBe(70)
  expect(manager.getBalance(user)).toBe(70)
})

test('a balance nobody has told is null, not 0', () => {
  expect(manager.findBalance(user)).toBeNull()
  expect(manager.getBalance(user)).toBe(0)
})
