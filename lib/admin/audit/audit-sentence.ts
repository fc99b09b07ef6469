import { ACCOUNT_TELLINGS } from './account-tellings'
import { CREDIT_TELLINGS } from './credit-tellings'
import { MONEY_TELLINGS } from './money-tellings'
import { type AuditNote, type AuditWriter, type Telling, toWords } from './words'

/** Every audit action with its sentence. */
export const TELLINGS: Record<string, Telling> = {
  ...CREDIT_TELLINGS,
  ...ACCOUNT_TELLINGS,
  ...MONEY_TELLINGS,
}

/** An entry of the audit trail as one sentence: "anna@… added 5 credits to the balance of ben@…: goodwill". */
export function auditSentence(note: AuditNote, writer: AuditWriter): string {
  const words = toWords(note, writer)
  const telling = Object.hasOwn(TELLINGS, note.action) ? TELLINGS[note.action] : undefined
  const { outcome, action, reason } = note
  const sentence =
    outcome === 'success'
      ? (telling?.done(words) ?? `${words.who} did ${action}`)
      : `${words.who} could not ${telling?.attempt(words) ?? `do ${action}`}`
  return reason ? `${sentence}: ${reason}` : sentence
}

/** How often a refusal was repeated within its hour; null for what was not. */
export function repeatsOf({ details }: AuditNote): number | null {
  return typeof details.repeats === 'number' ? details.repeats : null
}

/** Why an admin wanted what was refused, in their words; null where nothing was told. */
export function givenReasonOf({ details }: AuditNote): string | null {
  return typeof details.given_reason === 'string' && details.given_reason !== '' ? details.given_reason : null
}
