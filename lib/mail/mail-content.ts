import { type CreditType, mainCreditType } from '@/lib/credit-type'
import type { Format } from '@/lib/format'

/** What a mail says, as plain text: the layout makes it HTML, and escapes it. */
export type MailContent = {
  subject: string
  /** Shown by inboxes beside the subject. */
  preview: string
  title: string
  paragraphs: readonly string[]
  details?: readonly MailDetail[]
  button: { label: string; url: string }
  /** In small print, each with a link. */
  notes?: readonly MailNote[]
}

export type MailDetail = readonly [name: string, value: string]
export type MailNote = { text: string; url?: string }

/** Where the links of a mail lead, what wallets are called, and who sold what a provider was paid for. */
export type MailContext = {
  /** In the zone of who reads the mail, which it names. */
  formatTimestamp: Format['formatTimestamp']
  appUrl: string
  types: readonly CreditType[]
  /** Missing: the owner of the brand. The address of a merchant of record stands on its invoices alone. */
  sellerOf?: (provider: string) => { name: string; address: string | null }
}

/** A page of the app that is about this wallet. */
export function pageOf(path: string, creditType: string, { appUrl, types }: MailContext): string {
  return `${appUrl}${path}${creditType === mainCreditType(types).id ? '' : `?wallet=${creditType}`}`
}
