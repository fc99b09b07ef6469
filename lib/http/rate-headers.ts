/** What is left of an allowance of `requests` per `perSeconds`; `fullAfterSeconds` is when all of it is. */
export type RateState = {
  requests: number
  perSeconds: number
  remaining: number
  fullAfterSeconds: number
}

/** Says on an answer what is left of the allowance of this name, as draft-ietf-httpapi-ratelimit-headers-10 has it. */
export function tellRate(answer: Headers, name: string, state: RateState): void {
  const { requests, perSeconds, remaining, fullAfterSeconds } = state
  answer.set('ratelimit-policy', `"${name}";q=${requests};w=${perSeconds}`)
  answer.set('ratelimit', `"${name}";r=${remaining};t=${fullAfterSeconds}`)
}
