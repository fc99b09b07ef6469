/** Work under way, by key. */
const inFlight = new Map<string, Promise<unknown>>()

/** Runs `work` once all earlier work with the same key has ended, so that it finds what that has written. */
export async function inTurn<Result>(key: string, work: () => Promise<Result>): Promise<Result> {
  const mine = (inFlight.get(key) ?? Promise.resolve()).then(work)
  const settled = mine.catch(() => {})
  inFlight.set(key, settled)
  try {
    return await mine
  } finally {
    if (inFlight.get(key) === settled) inFlight.delete(key)
  }
}
