import { toHtml, toText } from './layout'
import {
  keyBudget,
  lowBalance,
  type MailContent,
  type MailContext,
  receipt,
  refund,
  renewalFailed,
} from './mail-content'
import { mailData } from './mail-data'

export type RenderedMail = { subject: string; html: string; text: string }

/** Where the mail goes, and what its words need. */
type Delivery = MailContext & { recipient: string }

/** Words a mail of the outbox. @throws ZodError when its data is not what its kind needs */
export function renderMail(
  mail: { kind: string; data: unknown },
  { recipient, ...context }: Delivery,
): RenderedMail {
  const content = toContent(mail, context)
  return { subject: content.subject, html: toHtml(content, recipient), text: toText(content, recipient) }
}

function toContent(mail: { kind: string; data: unknown }, context: MailContext): MailContent {
  const { kind, data } = mailData.parse(mail)
  switch (kind) {
    case 'receipt':
      return receipt(data, context)
    case 'refund':
      return refund(data, context)
    case 'renewal_failed':
      return renewalFailed(data, context)
    case 'low_balance':
      return lowBalance(data, context)
    case 'key_budget':
      return keyBudget(data, context)
  }
}
