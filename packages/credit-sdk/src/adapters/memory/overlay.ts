/** A map whose changes are its own until `commit` writes them into the one below. */
export class Overlay<Value> {
  readonly #below: Map<string, Value>
  readonly #changes = new Map<string, Value | undefined>()

  constructor(below: Map<string, Value>) {
    this.#below = below
  }

  get(key: string): Value | undefined {
    return this.#changes.has(key) ? this.#changes.get(key) : this.#below.get(key)
  }

  set(key: string, value: Value): void {
    this.#changes.set(key, value)
  }

  delete(key: string): void {
    this.#changes.set(key, undefined)
  }

  /** Every entry, oldest first. */
  entries(): [string, Value][] {
    const merged = new Map<string, Value | undefined>([...this.#below, ...this.#changes])
    return [...merged].flatMap(([key, value]): [string, Value][] =>
      value === undefined ? [] : [[key, value]],
    )
  }

  commit(): void {
    for (const [key, value] of this.#changes) {
      if (value === undefined) this.#below.delete(key)
      else this.#below.set(key, value)
    }
  }
}
