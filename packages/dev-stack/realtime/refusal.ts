/** Why a client does not get what it asked for: a code as hosted Realtime names it, and a sentence. */
export class Refusal extends Error {
  constructor(code: string, sentence: string) {
    super(`${code}: ${sentence}`)
    this.name = 'Refusal'
  }
}
