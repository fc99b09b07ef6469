import { deliver } from './deliver.ts'
import { newId } from './ids.ts'
import type { Delivery, DeliveryAttempt, ObjectReference, SandboxOptions, SandboxState } from './types.ts'

/** Compressed from the documented at once, 5 s, 5 min, 30 min, 2 h, 5 h, 10 h, 10 h. */
const RETRY_SCHEDULE = [0, 5_000, 15_000, 30_000, 60_000, 120_000, 300_000, 600_000]
const DELIVERY_TIMEOUT = 15_000

export type Webhooks = ReturnType<typeof createWebhooks>

/** What of a sandbox's store the queue keeps. */
export type QueueStore = { readonly state: Pick<SandboxState, 'deliveries' | 'faults'>; save(): void }

type QueueOptions = Pick<SandboxOptions, 'webhookUrl' | 'retrySchedule' | 'deliveryTimeout'>

/** What a delivery reports. */
type DeliveryEvent = Pick<Delivery, 'id' | 'type' | 'createdAt' | 'object' | 'data'>

/** How a provider's deliveries look. */
export type WebhookFace = {
  /** What their ids begin with. */
  prefix: string
  /** The body, as it is now. */
  render(event: DeliveryEvent): object
  sign(delivery: Delivery, body: string, at: Date): Record<string, string>
}

/** The queue of deliveries: one timer per pending delivery, every step saved before the next. */
export function createWebhooks(store: QueueStore, options: QueueOptions, face: WebhookFace) {
  const schedule = options.retrySchedule ?? RETRY_SCHEDULE
  const closing = new AbortController()
  const timers = new Map<string, NodeJS.Timeout>()
  const waiting = new Set<() => void>()
  const running = new Set<Promise<void>>()
  const heldBack = new Set<string>()
  const { faults } = store.state

  const list = () => Object.values(store.state.deliveries)
  const isIdle = () => list().every((delivery) => delivery.status !== 'pending')

  function update(delivery: Delivery, change: Partial<Delivery>): void {
    Object.assign(delivery, change)
    store.save()
    if (isIdle()) for (const wake of waiting) wake()
  }

  function plan(delivery: Delivery): void {
    clearTimeout(timers.get(delivery.id))
    if (closing.signal.aborted || delivery.status !== 'pending' || !delivery.nextAttemptAt) return
    const wait = Math.max(0, Date.parse(delivery.nextAttemptAt) - Date.now())
    timers.set(
      delivery.id,
      setTimeout(() => start(delivery), wait),
    )
  }

  function start(delivery: Delivery): void {
    track(attempt(delivery))
    if (delivery.duplicate && delivery.attempts.length === 0) track(attempt(delivery))
  }

  function track(work: Promise<void>): void {
    const run = work.finally(() => running.delete(run))
    running.add(run)
  }

  async function attempt(delivery: Delivery): Promise<void> {
    const round = delivery.round + 1
    const result = await tryOnce(delivery)
    // The sandbox closed meanwhile: the attempt stays due.
    if (!result) return
    const attempts = [...delivery.attempts, result]
    const acknowledged = result.status !== null && result.status >= 200 && result.status < 300
    const wait = schedule[round]
    if (acknowledged) update(delivery, { attempts, status: 'delivered', nextAttemptAt: null })
    // Sent several times at once, and another attempt has been acknowledged.
    else if (delivery.status !== 'pending') update(delivery, { attempts })
    else if (wait === undefined) update(delivery, { attempts, status: 'failed', nextAttemptAt: null })
    else update(delivery, { attempts, round, nextAttemptAt: inMilliseconds(wait) })
    plan(delivery)
  }

  function makeDue(delivery: Delivery): void {
    clearTimeout(timers.get(delivery.id))
    update(delivery, { status: 'pending', round: 0, nextAttemptAt: inMilliseconds(0) })
  }

  async function tryOnce(delivery: Delivery): Promise<DeliveryAttempt | null> {
    if (strikes('fail')) {
      const error = 'Lost on the way, as asked through /sandbox/faults.'
      return { at: new Date().toISOString(), status: null, error, milliseconds: 0 }
    }
    const body = JSON.stringify(face.render(delivery))
    return deliver({
      url: options.webhookUrl,
      body,
      sign: (at) => face.sign(delivery, body, at),
      timeout: options.deliveryTimeout ?? DELIVERY_TIMEOUT,
      signal: closing.signal,
    })
  }

  type NewDelivery = Pick<Delivery, 'type' | 'object' | 'data' | 'duplicate'>

  function add(input: NewDelivery, { held = false, delay = 0 } = {}): Delivery {
    const delivery: Delivery = {
      id: newId(face.prefix),
      ...input,
      createdAt: new Date().toISOString(),
      status: held ? 'held' : 'pending',
      round: 0,
      nextAttemptAt: held ? null : inMilliseconds((schedule[0] ?? 0) + delay),
      attempts: [],
    }
    store.state.deliveries[delivery.id] = delivery
    store.save()
    plan(delivery)
    return delivery
  }

  /** True for as many calls as were asked for. */
  function strikes(fault: 'hold' | 'fail' | 'duplicate' | 'delay'): boolean {
    if (faults[fault] === 0) return false
    faults[fault] -= 1
    return true
  }

  function isHeldBack(event: NewDelivery): boolean {
    if (heldBack.size === 0) return false
    const told = JSON.stringify(face.render({ id: '', createdAt: new Date().toISOString(), ...event }))
    return [...heldBack].some((about) => told.includes(JSON.stringify(about)))
  }

  return {
    list,
    faults,
    /**
     * From now on holds back every event with a field that equals `about`, such as a buyer's e-mail address; `on: false`
     * ends that. Not kept over a restart.
     */
    holdBack(about: string, on: boolean): void {
      if (on) heldBack.add(about)
      else heldBack.delete(about)
    },
    /** Sends an event, unless a fault keeps it back, delays it or doubles it. `data` is laid over the object. */
    emit(type: string, object: ObjectReference, data?: Record<string, unknown>): Delivery {
      const event = { type, object, ...(data && { data }) }
      if (isHeldBack(event) || strikes('hold')) return add(event, { held: true })
      const delay = strikes('delay') ? faults.delayMilliseconds : 0
      return add({ ...event, ...(strikes('duplicate') && { duplicate: true }) }, { delay })
    },
    /** Sends a delivery now, whatever became of it: under its own id, or as a new one. */
    resend(delivery: Delivery, { asNew = false } = {}): Delivery {
      const { type, object, data } = delivery
      if (asNew) return add({ type, object, ...(data && { data }) })
      makeDue(delivery)
      start(delivery)
      return delivery
    },
    /** Sends each of them once the one before has been answered, or not. */
    sendInOrder(deliveries: readonly Delivery[]): void {
      deliveries.forEach(makeDue)
      const send = async () => {
        for (const delivery of deliveries) if (!closing.signal.aborted) await attempt(delivery)
      }
      track(send())
    },
    /** Takes up what a former process left undelivered. */
    resume: () => list().forEach(plan),
    /** Resolves true once nothing is pending, false when `timeout` milliseconds pass first. */
    idle(timeout: number): Promise<boolean> {
      if (isIdle()) return Promise.resolve(true)
      return new Promise((resolve) => {
        const finish = (idle: boolean) => {
          clearTimeout(timer)
          waiting.delete(wake)
          resolve(idle)
        }
        const wake = () => finish(true)
        const timer = setTimeout(() => finish(false), timeout)
        waiting.add(wake)
      })
    },
    async close(): Promise<void> {
      closing.abort()
      for (const timer of timers.values()) clearTimeout(timer)
      await Promise.all(running)
    },
  }
}

const inMilliseconds = (wait: number) => new Date(Date.now() + wait).toISOString()
