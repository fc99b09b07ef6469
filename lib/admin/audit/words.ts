import type { CreditUnit } from '@/lib/credit-type'
import type { Format } from '@/lib/format'

/** An entry of the audit trail, with the addresses of who did it and to whom, where there is somebody. */
export type AuditNote = {
  /** As `credits.adjust`. */
  action: string
  outcome: 'success' | 'failure'
  actor: string | null
  target: string | null
  /** Why it was done, or why it was refused. */
  reason: string | null
  details: Record<string, unknown>
}

/** What writes the numbers, and what the credits of a type are called. */
export type AuditWriter = { format: Format; unitOf: (creditType: string) => CreditUnit }

/** The parts of a sentence. */
export type Words = {
  /** Who did it, or tried to: an admin, else the user alone, else the product. */
  who: string
  /** To whom; "themselves" where somebody did it to their own account. */
  whom: string
  /** An amount of credits without its sign: "5 credits", or "credits" where none was told. */
  credits: string
  /** Whether credits were taken. */
  isLess: boolean
  /** Whether something was switched off. */
  isOff: boolean
  /** An amount of money, or "a payment". */
  money: string
  /** A detail as text, or null. */
  detail: (name: string) => string | null
  /** A detail as the day it names, or null. */
  day: (name: string) => string | null
}

/** The words for an entry. */
export function toWords(note: AuditNote, { format, unitOf }: AuditWriter): Words {
  const { actor, target, details } = note
  const number = (name: string) => (typeof details[name] === 'number' ? details[name] : null)
  const detail = (name: string) => (typeof details[name] === 'string' ? details[name] : null)
  const amount = number('amount') ?? number('requested_amount') ?? number('required')
  const currency = detail('currency')
  const until = (name: string) => {
    const at = detail(name)
    return at !== null && Number.isFinite(Date.parse(at)) ? format.formatDate(at) : null
  }
  return {
    who: actor ?? target ?? 'The system',
    whom: target === null ? 'nobody' : actor === target ? 'themselves' : target,
    credits:
      amount === null
        ? 'credits'
        : format.countCredits(Math.abs(amount), unitOf(detail('credit_type') ?? '')),
    isLess: amount !== null && amount < 0,
    isOff: details.is_off === true,
    money: amount !== null && currency !== null ? format.formatMoney(amount, currency) : 'a payment',
    detail,
    day: until,
  }
}

/** How an action is told once it was done, and what somebody tried to do who was refused: "… could not <attempt>". */
export type Telling = { done: (words: Words) => string; attempt: (words: Words) => string }

/** Of an action that is noted only when it is refused. */
export function refusedOnly(attempt: string | ((words: Words) => string)): Telling {
  const tried = typeof attempt === 'string' ? () => attempt : attempt
  return { done: (words) => `${words.who} did: ${tried(words)}`, attempt: tried }
}

/** Of what happens by itself, and is never refused. */
export function doneOnly(done: (words: Words) => string): Telling {
  return { done, attempt: () => 'do this' }
}
