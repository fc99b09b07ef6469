import { randomUUID } from 'node:crypto'
import type { Logger } from '../project.ts'
import type { Channels, Member } from './channels.ts'
import type { Receiver } from './delivery.ts'
import { admit, type Join, type JoinServices, readJoin } from './join.ts'
import { nameOf, readStored } from './messages.ts'
import { type Policies, PUBLIC_POLICIES, readPoliciesToJoin } from './policies.ts'
import type { Frame } from './protocol.ts'
import { Refusal } from './refusal.ts'
import type { Subscription, Subscriptions } from './subscriptions.ts'
import { hasExpired, type Role, readToken, type Viewer } from './viewer.ts'

export type Services = JoinServices & {
  subscriptions: Subscriptions<Channel>
  channels: Channels<Channel>
  logger: Logger
}

/** The socket a channel talks through: `forget` is called once, when the channel has ended. */
export type Line = { role: Role; send(frame: Frame): void; forget(channel: Channel): void }

/** Timers cannot count further than 2^31 ms; a token may live longer. */
const MAX_TIMER_MS = 3_600_000

/** One topic joined on one socket, from `phx_join` until it is left, closed or replaced. */
export class Channel implements Receiver, Member {
  readonly topic: string
  readonly joinRef: string | null
  presenceKey: string = randomUUID()
  followsPresence = false
  isPrivate = false
  viewer: Viewer
  #policies: Policies = PUBLIC_POLICIES
  /** Stored messages it has had, by id: those that were replayed come no second time. */
  readonly #had = new Set<string>()
  readonly #line: Line
  readonly #services: Services
  #join: Join | null = null
  /** The token read as, and the newest one sent; they differ while that is being checked. */
  #token: string | null | undefined = null
  #newestToken: string | null | undefined = null
  #subscriptions: Subscription<Channel>[] = []
  #expiry: NodeJS.Timeout | undefined
  #ended = false

  constructor(line: Line, services: Services, frame: Frame) {
    this.topic = frame.topic
    this.joinRef = frame.joinRef ?? frame.ref
    this.viewer = { role: line.role, subject: null, claims: '{}', expiresAt: null }
    this.#line = line
    this.#services = services
  }

  /** Answers `phx_join`: the bindings with their ids in the order given, or the reason why not. */
  async join(frame: Frame): Promise<void> {
    try {
      const join = readJoin(frame.payload)
      const { viewer, policies, targets } = await admit(this.#services, this.#line.role, this.topic, join)
      if (this.#ended) return
      this.#join = join
      this.isPrivate = join.isPrivate
      this.#policies = policies
      this.#token = this.#newestToken = join.token
      this.presenceKey = join.presenceKey ?? this.presenceKey
      this.#readAs(viewer)
      this.#subscriptions = targets.map((target) => this.#services.subscriptions.add(this, target))
      this.#services.channels.enter(this)
      const postgres_changes = join.bindings.map((binding, index) => ({
        ...binding,
        id: this.#subscriptions[index]?.id,
      }))
      const replayed = await this.#readReplayed(join)
      if (this.#ended) return
      this.reply(frame, 'ok', { postgres_changes })
      for (const message of replayed) this.push('broadcast', message)
      if (this.#subscriptions.length > 0) this.#system('postgres_changes', 'ok', 'Subscribed to PostgreSQL')
      if (join.awaitsReplication) void this.#tellWhenReplicating(join)
      if (join.followsPresence && policies.presence.read) this.#services.channels.followPresence(this)
    } catch (error) {
      if (this.#ended) return
      this.reply(frame, 'error', { reason: this.#explain(error) })
      this.end()
    }
  }

  /** Answers what a client sends on a topic it has joined. */
  handle(frame: Frame): void {
    if (frame.event === 'phx_leave') {
      this.reply(frame, 'ok')
      this.#close()
    } else if (!this.#join) {
      this.reply(frame, 'error', { reason: 'The channel has not joined yet.' })
    } else if (frame.event === 'access_token') {
      void this.#refresh(frame.payload.access_token)
    } else if (!this.#maySend(frame.event)) {
      // Hosted Realtime leaves it unanswered, too.
    } else if (frame.event === 'broadcast') {
      this.#services.channels.broadcast(this, frame.payload, this.#join.hearsItself)
      if (this.#join.acknowledges) this.reply(frame, 'ok')
    } else if (frame.event === 'presence') {
      this.#present(frame)
    }
  }

  receive(message: { ids: number[]; data: object }): void {
    this.push('postgres_changes', message)
  }

  get hears(): boolean {
    return this.#policies.broadcast.read
  }

  push(event: string, payload: Record<string, unknown>): void {
    if (!this.#ended && !this.#hasHad(payload.meta))
      this.#line.send({ joinRef: null, ref: null, topic: this.topic, event, payload })
  }

  reply(frame: Frame, status: 'ok' | 'error', response: Record<string, unknown> = {}): void {
    const { joinRef, ref, topic } = frame
    this.#line.send({ joinRef, ref, topic, event: 'phx_reply', payload: { status, response } })
  }

  /** Tells a channel that follows changes that it will miss some. */
  warnOfGap(): void {
    if (this.#subscriptions.length > 0) {
      this.#system('postgres_changes', 'error', 'The change feed is interrupted; join again to catch up')
    }
  }

  /** Has a channel that follows changes join again, so that its client fetches what it missed. */
  demandRejoin(): void {
    if (this.#subscriptions.length === 0) return
    const { topic, joinRef } = this
    this.#line.send({ joinRef, ref: joinRef, topic, event: 'phx_error', payload: {} })
    this.end()
  }

  /** Ends the channel because another one takes its topic on the same socket. */
  replace(): void {
    this.#close()
  }

  /** Ends the channel without a word to the client. */
  end(): void {
    if (this.#ended) return
    this.#ended = true
    clearTimeout(this.#expiry)
    for (const subscription of this.#subscriptions) this.#services.subscriptions.remove(subscription)
    this.#services.channels.leave(this)
    this.#line.forget(this)
  }

  #close(): void {
    const { topic, joinRef } = this
    this.#line.send({ joinRef, ref: joinRef, topic, event: 'phx_close', payload: {} })
    this.end()
  }

  #shutDown(message: string): void {
    this.#system('system', 'error', message)
    this.#close()
  }

  #system(extension: 'system' | 'postgres_changes', status: 'ok' | 'error', message: string): void {
    const channel = this.topic.slice(this.topic.indexOf(':') + 1)
    this.push('system', { extension, status, message, channel })
  }

  async #refresh(token: unknown): Promise<void> {
    if (typeof token !== 'string' || token.startsWith('sb_')) return
    const isChecking = this.#newestToken !== this.#token
    this.#newestToken = token
    if (isChecking) return
    try {
      while (this.#token !== this.#newestToken && !this.#ended) {
        const next = this.#newestToken
        const viewer = await readToken(this.#services.verify, next, this.#line.role)
        if (this.isPrivate) {
          const { database } = this.#services
          this.#policies = await readPoliciesToJoin(database, viewer, nameOf(this.topic))
        }
        this.#token = next
        if (!this.#ended) this.#readAs(viewer)
      }
    } catch (error) {
      if (!this.#ended) this.#shutDown(this.#explain(error))
    }
  }

  #readAs(viewer: Viewer): void {
    this.viewer = viewer
    clearTimeout(this.#expiry)
    if (viewer.expiresAt === null) return
    const check = () => (hasExpired(viewer) ? this.#shutDown('Token has expired') : this.#readAs(viewer))
    this.#expiry = setTimeout(check, Math.min(viewer.expiresAt - Date.now(), MAX_TIMER_MS)).unref()
  }

  #maySend(event: string): boolean {
    if (event === 'broadcast') return this.#policies.broadcast.write
    return event !== 'presence' || this.#policies.presence.write
  }

  /** What was stored for this channel. Messages that arrive meanwhile are not among it. */
  async #readReplayed({ replay }: Join) {
    if (!replay || !this.hears) return []
    const stored = await readStored(this.#services.database, nameOf(this.topic), replay)
    return stored.filter(({ meta }) => !this.#had.has(meta.id))
  }

  #hasHad(meta: unknown): boolean {
    if (!this.#join?.replay || typeof meta !== 'object' || meta === null || !('id' in meta)) return false
    const id = String(meta.id)
    if (this.#had.has(id)) return true
    this.#had.add(id)
    return false
  }

  async #tellWhenReplicating({ readyTimeoutMs }: Join): Promise<void> {
    const isReady = await this.#services.feed.ready(readyTimeoutMs)
    if (this.#ended) return
    if (isReady) this.#system('system', 'ok', 'Replication connection established')
    else this.#shutDown('Replication connection was not established in time')
  }

  #present(frame: Frame): void {
    const { event, payload } = frame.payload
    const state = typeof payload === 'object' && payload !== null ? { ...payload } : {}
    this.#services.channels.track(this, event === 'untrack' ? null : state)
    this.reply(frame, 'ok')
  }

  /** The sentence for the client. Anything but a refusal goes to the log and is only hinted at. */
  #explain(error: unknown): string {
    if (error instanceof Refusal) return error.message
    this.#services.logger.warn('Realtime could not answer a client.', { error })
    return 'UnableToConnectToProject: Realtime could not reach the database'
  }
}
