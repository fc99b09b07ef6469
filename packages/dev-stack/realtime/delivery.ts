import type { Logger } from '../project.ts'
import { readChange } from './access.ts'
import { type Database, MAX_CONNECTIONS } from './database.ts'
import { createPayloads } from './payload.ts'
import type { Change } from './replication.ts'
import type { Subscription, Subscriptions } from './subscriptions.ts'
import { hasExpired, type Viewer } from './viewer.ts'

/** Who receives changes: reads as `viewer` at the moment, and takes `postgres_changes` messages. */
export type Receiver = { readonly viewer: Viewer; receive(message: { ids: number[]; data: object }): void }

export type DeliveryOptions<Subscriber extends Receiver> = {
  database: Database
  subscriptions: Subscriptions<Subscriber>
  logger: Logger
  /** The backlog has grown or shrunk past its bounds: hold the stream, or let it flow again. */
  pause(): void
  resume(): void
  /** A change could not be checked, so it reached nobody. */
  onFailure(): void
}

const PAUSE_AT = 200
const RESUME_AT = 50

/** Delivers changes one after the other, each to the subscribers that may see it. Returns its inlet. */
export function createDelivery<Subscriber extends Receiver>(
  options: DeliveryOptions<Subscriber>,
): (change: Change) => void {
  const { database, subscriptions, logger } = options
  const backlog: Change[] = []
  let working = false
  let paused = false

  async function work(): Promise<void> {
    working = true
    for (let change = backlog.shift(); change; change = backlog.shift()) {
      try {
        await deliver(database, change, subscriptions.matching(change))
      } catch (error) {
        logger.warn('A change could not be checked; its subscribers are told to join again.', { error })
        options.onFailure()
      }
      if (paused && backlog.length <= RESUME_AT) {
        paused = false
        options.resume()
      }
    }
    working = false
  }

  return (change) => {
    if (!subscriptions.watches(change)) return
    backlog.push(change)
    if (!paused && backlog.length >= PAUSE_AT) {
      paused = true
      options.pause()
    }
    if (!working) void work()
  }
}

async function deliver<Subscriber extends Receiver>(
  database: Database,
  change: Change,
  matching: Subscription<Subscriber>[],
): Promise<void> {
  const refreshed = await ask(database, change, matching)
  // Whoever got a new token while we asked is asked for once more, with that token.
  await ask(database, change, refreshed)
}

/** Sends the change to those who may see it; returns the subscriptions whose viewer changed meanwhile. */
async function ask<Subscriber extends Receiver>(
  database: Database,
  change: Change,
  matching: Subscription<Subscriber>[],
): Promise<Subscription<Subscriber>[]> {
  if (matching.length === 0) return []
  const asked = new Map(matching.map(({ subscriber: { viewer } }) => [viewer.claims, viewer]))
  const viewers = [...asked.values()]
  const read = () => readChange(database, change, viewers)
  // Each of our connections may have been cut since the last change: the one after them is fresh.
  let attempt = read()
  for (let cut = 0; cut < MAX_CONNECTIONS; cut++) attempt = attempt.catch(read)
  const access = await attempt
  if (!access) return []
  const allowed = new Set(access.visible.map((index) => viewers[index]?.claims))
  const payloads = createPayloads(change, access)

  for (const [subscriber, followed] of Map.groupBy(matching, ({ subscriber }) => subscriber)) {
    const { viewer } = subscriber
    if (!allowed.has(viewer.claims) || hasExpired(viewer)) continue
    for (const same of Map.groupBy(followed, ({ select }) => select).values()) {
      const written = same.map((subscription) => payloads.write(viewer.role, subscription))
      const ids = same.filter((_, index) => written[index]).map(({ id }) => id)
      const data = written.find((payload) => payload !== null)
      if (data) subscriber.receive({ ids, data })
    }
  }
  return matching.filter(({ subscriber }) => !asked.has(subscriber.viewer.claims))
}
