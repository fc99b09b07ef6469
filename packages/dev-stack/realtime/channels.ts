/** A channel as others on its topic know it. */
export type Member = {
  readonly topic: string
  readonly presenceKey: string
  followsPresence: boolean
  push(event: string, payload: Record<string, unknown>): void
}

type Meta = Record<string, unknown> & { phx_ref: string }

/** Who is on which topic, for what clients tell each other. */
export type Rooms<Occupant extends Member> = {
  everyone(): Occupant[]
  enter(member: Occupant): void
  leave(member: Occupant): void
  broadcast(from: Occupant, payload: Record<string, unknown>, toSelf: boolean): void
  /** Shows, replaces or (with null) withdraws what a member tells about itself. */
  track(member: Occupant, state: Record<string, unknown> | null): void
  /** Sends a member the presence state of its topic and, from then on, every difference. */
  followPresence(member: Occupant): void
}

export function createRooms<Occupant extends Member>(): Rooms<Occupant> {
  const rooms = new Map<string, Map<Occupant, Meta | null>>()
  let lastRef = 0

  function roomOf({ topic }: Occupant): Map<Occupant, Meta | null> {
    return rooms.get(topic) ?? new Map()
  }

  function track(member: Occupant, state: Record<string, unknown> | null): void {
    const room = roomOf(member)
    if (!room.has(member)) return
    const before = room.get(member) ?? null
    const after = state && { ...state, phx_ref: String(++lastRef) }
    room.set(member, after)
    if (!before && !after) return
    const diff = { joins: present(member, after), leaves: present(member, before) }
    for (const other of room.keys()) if (other.followsPresence) other.push('presence_diff', diff)
  }

  return {
    everyone: () => [...rooms.values()].flatMap((room) => [...room.keys()]),
    enter(member) {
      rooms.set(member.topic, roomOf(member).set(member, null))
    },
    leave(member) {
      track(member, null)
      const room = roomOf(member)
      room.delete(member)
      if (room.size === 0) rooms.delete(member.topic)
    },
    broadcast(from, payload, toSelf) {
      for (const member of roomOf(from).keys())
        if (member !== from || toSelf) member.push('broadcast', payload)
    },
    track,
    followPresence(member) {
      member.followsPresence = true
      const shown = [...roomOf(member)].filter(([, meta]) => meta !== null)
      const byKey = Map.groupBy(shown, ([{ presenceKey }]) => presenceKey)
      const state = [...byKey].map(([key, same]) => [key, { metas: same.map(([, meta]) => meta) }])
      member.push('presence_state', Object.fromEntries(state))
    },
  }
}

function present({ presenceKey }: Member, meta: Meta | null): Record<string, { metas: Meta[] }> {
  return meta ? { [presenceKey]: { metas: [meta] } } : {}
}
