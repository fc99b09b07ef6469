import type { Logger } from '../project.ts'
import { type Access, type Question, readChanges } from './access.ts'
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

/** How many changes are asked about in one call, when so many wait: a busy database is slow to take each call up. */
const MAX_ASKED = 32

/** Delivers changes in their order, each to the subscribers that may see it. Returns its inlet. */
export function createDelivery<Subscriber extends Receiver>(
  options: DeliveryOptions<Subscriber>,
): (change: Change) => void {
  const { database, subscriptions, logger } = options
  const backlog: Change[] = []
  let working = false
  let paused = false

  async function work(): Promise<void> {
    working = true
    while (backlog.length > 0) {
      const changes = backlog.splice(0, MAX_ASKED)
      try {
        await deliver(
          database,
          changes.map((change) => ({ change, matching: subscriptions.matching(change) })),
        )
      } catch (error) {
        logger.warn('Changes could not be checked; their subscribers are told to join again.', { error })
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

type Followed<Subscriber> = { change: Change; matching: Subscription<Subscriber>[] }

async function deliver<Subscriber extends Receiver>(
  database: Database,
  changes: readonly Followed<Subscriber>[],
): Promise<void> {
  const followed = changes.filter(({ matching }) => matching.length > 0)
  const asked = followed.map((one) => ({ ...one, viewers: viewersOf(one) }))
  for (const [index, access] of (await ask(database, asked)).entries()) {
    const one = asked[index]
    if (!one || !access) continue
    const { change, viewers } = one
    const refreshed = send(one, access, viewers)
    if (refreshed.length === 0) continue
    // Whoever got a new token while we asked is asked for once more, with that token, before the next change.
    const again = { change, matching: refreshed, viewers: viewersOf({ change, matching: refreshed }) }
    const [newest] = await ask(database, [again])
    if (newest) send(again, newest, again.viewers)
  }
}

async function ask(database: Database, questions: readonly Question[]): Promise<(Access | null)[]> {
  if (questions.length === 0) return []
  const read = () => readChanges(database, questions)
  // Each of our connections may have been cut since the last change: the one after them is fresh.
  let attempt = read()
  for (let cut = 0; cut < MAX_CONNECTIONS; cut++) attempt = attempt.catch(read)
  return await attempt
}

function viewersOf({ matching }: Followed<Receiver>): Viewer[] {
  const viewers = new Map(matching.map(({ subscriber: { viewer } }) => [viewer.claims, viewer]))
  return [...viewers.values()]
}

/** Sends the change to those who may see it; returns the subscriptions whose viewer changed meanwhile. */
function send<Subscriber extends Receiver>(
  { change, matching }: Followed<Subscriber>,
  access: Access,
  viewers: readonly Viewer[],
): Subscription<Subscriber>[] {
  const asked = new Set(viewers.map(({ claims }) => claims))
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
