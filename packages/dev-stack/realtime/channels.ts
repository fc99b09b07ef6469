import type { Address, Broadcast } from './messages.ts'

/** A channel as others on its topic know it. */
export type Member = Readonly<Address> & {
  /** Whether it may hear what is broadcast. */
  readonly hears: boolean
  readonly presenceKey: string
  followsPresence: boolean
  push(event: string, payload: Record<string, unknown>): void
}

type Meta = Record<string, unknown> & { phx_ref: string }

/** Who is on which topic, for what clients tell each other. */
export type Channels<Occupant extends Member> = {
  everyone(): Occupant[]
  enter(member: Occupant): void
  leave(member: Occupant): void
  broadcast(from: Occupant, payload: Record<string, unknown>, toSelf: boolean): void
  /** Broadcasts what comes from no member. */
  send(to: Address, message: Broadcast): void
  /** Shows, replaces or (with null) withdraws what a member tells about itself. */
  track(member: Occupant, state: Record<string, unknown> | null): void
  /** Sends a member the presence state of its topic and, from then on, every difference. */
  followPresence(member: Occupant): void
}

export function createChannels<Occupant extends Member>(): Channels<Occupant> {
  const channels = new Map<string, Map<Occupant, Meta | null>>()
  let lastRef = 0

  function channelOf(address: Address): Map<Occupant, Meta | null> {
    return channels.get(keyOf(address)) ?? new Map()
  }

  function track(member: Occupant, state: Record<string, unknown> | null): void {
    const channel = channelOf(member)
    if (!channel.has(member)) return
    const before = channel.get(member) ?? null
    const after = state && { ...state, phx_ref: String(++lastRef) }
    channel.set(member, after)
    if (!before && !after) return
    const diff = { joins: present(member, after), leaves: present(member, before) }
    for (const other of channel.keys()) if (other.followsPresence) other.push('presence_diff', diff)
  }

  return {
    everyone: () => [...channels.values()].flatMap((channel) => [...channel.keys()]),
    enter(member) {
      channels.set(keyOf(member), channelOf(member).set(member, null))
    },
    leave(member) {
      track(member, null)
      const channel = channelOf(member)
      channel.delete(member)
      if (channel.size === 0) channels.delete(keyOf(member))
    },
    broadcast(from, payload, toSelf) {
      for (const member of channelOf(from).keys())
        if (member.hears && (member !== from || toSelf)) member.push('broadcast', payload)
    },
    send(to, message) {
      for (const member of channelOf(to).keys()) if (member.hears) member.push('broadcast', message)
    },
    track,
    followPresence(member) {
      member.followsPresence = true
      const shown = [...channelOf(member)].filter(([, meta]) => meta !== null)
      const byKey = Map.groupBy(shown, ([{ presenceKey }]) => presenceKey)
      const state = [...byKey].map(([key, same]) => [key, { metas: same.map(([, meta]) => meta) }])
      member.push('presence_state', Object.fromEntries(state))
    },
  }
}

function keyOf({ topic, isPrivate }: Address): string {
  return `${isPrivate ? 'private' : 'public'} ${topic}`
}

function present({ presenceKey }: Member, meta: Meta | null): Record<string, { metas: Meta[] }> {
  return meta ? { [presenceKey]: { metas: [meta] } } : {}
}
