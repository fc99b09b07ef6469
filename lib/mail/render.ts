import { toHtml, toText } from './layout'
import { keyBudget, lowBalance, type MailContent, receipt, refund, renewalFailed } from './mail-content'
import { mailData } from './mail-data'

export type RenderedMail = { subject: string; html: string; text: string }

/** Where the mail goes, and where its links lead. */
type Addresses = { recipient: string; appUrl: string }

/** Words a mail of the outbox. @throws ZodError when its data is not what its kind needs */
export function renderMail(
  mail: { kind: string; data: unknown },
  { recipient, appUrl }: Addresses,
): RenderedMail {
  const content = toContent(mail, appUrl)
  return { subject: content.subject, html: toHtml(content, recipient), text: toText(content, recipient) }
}

function toContent(mail: { kind: string; data: unknown }, appUrl: string): MailContent {
  const { kind, data } = mailData.parse(mail)
  switch (kind) {
    case 'receipt':
      return receipt(data, appUrl)
    case 'refund':
      return refund(data, appUrl)
    case 'renewal_failed':
      return renewalFailed(data, appUrl)
    case 'low_balance':
      return lowBalance(data, appUrl)
    case 'key_budget':
      return keyBudget(data, appUrl)
  }
}
