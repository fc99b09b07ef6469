const waiting: (() => Promise<void>)[] = []

/** Stands in for `after` of next/server, which needs a request of Next.js around it. */
export const after = (work: () => Promise<void>) => waiting.push(work)

/** What Next.js does once the answers are sent. */
export const settleAll = () => Promise.all(waiting.splice(0).map((work) => work()))
