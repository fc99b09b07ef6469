import { passes } from './filters.ts'
import type { Change } from './replication.ts'
import type { Target } from './tables.ts'

/** One followed target of one subscriber (a channel). The client knows it by `id`. */
export type Subscription<Subscriber> = Target & { id: number; subscriber: Subscriber }

/** Who follows what, kept by table so that a change finds its subscribers at once. */
export type Subscriptions<Subscriber> = {
  add(subscriber: Subscriber, target: Target): Subscription<Subscriber>
  remove(subscription: Subscription<Subscriber>): void
  watches(change: Change): boolean
  /** The subscriptions a change is for by event, table and filter; whether they may see it is not asked. */
  matching(change: Change): Subscription<Subscriber>[]
}

export function createSubscriptions<Subscriber>(): Subscriptions<Subscriber> {
  const byTable = new Map<string, Set<Subscription<Subscriber>>>()
  let lastId = 0

  function* candidates({ schema, table }: Change): Iterable<Subscription<Subscriber>> {
    for (const key of [`${schema}.${table}`, `${schema}.*`, `*.${table}`, '*.*'])
      yield* byTable.get(key) ?? []
  }

  return {
    add(subscriber, target) {
      const subscription = { ...target, id: ++lastId, subscriber }
      const key = keyOf(target)
      const sameTable = byTable.get(key) ?? new Set()
      byTable.set(key, sameTable.add(subscription))
      return subscription
    },
    remove(subscription) {
      const key = keyOf(subscription)
      const sameTable = byTable.get(key)
      sameTable?.delete(subscription)
      if (sameTable?.size === 0) byTable.delete(key)
    },
    watches: (change) => !candidates(change)[Symbol.iterator]().next().done,
    matching(change) {
      const row = change.new ?? change.old
      return [...candidates(change)].filter(
        ({ event, filters }) => (event === '*' || event === change.type) && passes(filters, row),
      )
    },
  }
}

function keyOf({ schema, table }: Target): string {
  return `${schema}.${table}`
}
