let asked: Promise<string | null> | undefined

/** The id of the plan that the reader has, asked for once; null for none, for a visitor, and when it cannot be read. */
export function readOwnPlan(): Promise<string | null> {
  asked ??= document.documentElement.hasAttribute('data-signed-in') ? fetchOwnPlan() : Promise.resolve(null)
  return asked
}

async function fetchOwnPlan(): Promise<string | null> {
  try {
    const response = await fetch('/api/dodopayments/subscription')
    const answer: unknown = response.ok ? await response.json() : null
    const planId: unknown = Object(answer).planId
    return typeof planId === 'string' ? planId : null
  } catch {
    return null
  }
}
