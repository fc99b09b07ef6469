export type QueryState = { data: unknown; error: unknown; isLoading: boolean }

type Entry = {
  state: QueryState
  watchers: Set<() => void>
}

/** A query that nobody has asked yet. */
export const LOADING: QueryState = { data: undefined, error: null, isLoading: true }

/**
 * The queries on screen in this tab, by what they ask: two components that ask the same share one answer. It is forgotten
 * with the last of them, so that nobody is shown what another person, or an earlier page, was told. Free of any framework.
 */
export class QueryStore {
  readonly #entries = new Map<string, Entry>()
  readonly #ask: (key: string) => Promise<unknown>

  constructor(ask: (key: string) => Promise<unknown>) {
    this.#ask = ask
  }

  /** The same object until something changes. */
  get(key: string): QueryState {
    return this.#entries.get(key)?.state ?? LOADING
  }

  /** Asks, unless somebody has, and calls back with every change until the returned function is called. */
  watch(key: string, onChange: () => void): () => void {
    const known = this.#entries.get(key)
    const entry: Entry = known ?? { state: LOADING, watchers: new Set() }
    entry.watchers.add(onChange)
    this.#entries.set(key, entry)
    if (!known) void this.refetch(key).catch(() => undefined)
    return () => {
      entry.watchers.delete(onChange)
      if (entry.watchers.size === 0) this.#entries.delete(key)
    }
  }

  /** Asks again; what is shown stays until the answer is there. @throws what the call throws */
  async refetch(key: string): Promise<void> {
    const entry = this.#entries.get(key)
    if (!entry) return
    try {
      const data = await this.#ask(key)
      change(entry, { data, error: null, isLoading: false })
    } catch (error) {
      change(entry, { ...entry.state, error, isLoading: false })
      throw error
    }
  }
}

function change(entry: Entry, state: QueryState): void {
  entry.state = state
  for (const watcher of [...entry.watchers]) watcher()
}
