/** A channel as others on its topic know it. */
export type Member = {
  readonly topic: string
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
  /** Shows, replaces or (with null) withdraws what a member tells about itself. */
  track(member: Occupant, state: Record<string, unknown> | null): void
  /** Sends a member the presence state of its topic and, from then on, every difference. */
  followPresence(member: Occupant): void
}

export function createChannels<Occupant extends Member>(): Channels<Occupant> {
  const channels = new Map<string, Map<Occupant, Meta | null>>()
  let lastRef = 0

  function channelOf({ topic }: Occupant): Map<Occupant, Meta | null> {
    return channels.get(topic) ?? new Map()
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
      channels.set(member.topic, channelOf(member).set(member, null))
    },
    leave(member) {
      track(member, null)
      const channel = channelOf(member)
      channel.delete(member)
      if (channel.size === 0) channels.delete(member.topic)
    },
    broadcast(from, payload, toSelf) {
      for (const member of channelOf(from).keys())
        if (member !== from || toSelf) member.push('broadcast', payload)
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

function present({ presenceKey }: Member, meta: Meta | null): Record<string, { metas: Meta[] }> {
  return meta ? { [presenceKey]: { metas: [meta] } } : {}
}
