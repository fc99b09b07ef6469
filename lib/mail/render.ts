import { createFormat, EVERYBODY } from '@/lib/format'
import { parseTimeZone } from '@/lib/reader/reader-input'
import { toHtml, toText } from './layout'
import { choiceOf } from './mail-choices'
import type { MailContent, MailContext } from './mail-content'
import { type Mail, mailData } from './mail-data'
import { emailChanged, passwordChanged, welcome } from './words/account-mails'
import { expiringCredits, keyBudget, lowBalance } from './words/credit-mails'
import { dispute, receipt, refund } from './words/money-mails'
import { planCancelled, planChanged, planStarted, renewalFailed } from './words/plan-mails'

export type RenderedMail = { subject: string; html: string; text: string }

/** Where the mail goes, and what its words need. */
export type Delivery = Omit<MailContext, 'formatTimestamp'> & {
  recipient: string
  /** IANA, of who reads it; UTC by default. */
  timeZone?: string | null
}

/** Words a mail of the outbox. @throws ZodError when its data is not what its kind needs */
export function renderMail(
  mail: { kind: string; data: unknown },
  { recipient, timeZone, ...context }: Delivery,
): RenderedMail {
  const reader = { ...EVERYBODY, timeZone: parseTimeZone(timeZone) ?? EVERYBODY.timeZone }
  const { formatTimestamp } = createFormat(reader)
  const content = toContent(mail, { ...context, formatTimestamp })
  return { subject: content.subject, html: toHtml(content, recipient), text: toText(content, recipient) }
}

function toContent(mail: { kind: string; data: unknown }, context: MailContext): MailContent {
  const read = mailData.parse(mail)
  const content = chooseWords(read, context)
  if (!choiceOf(read.kind)) return content
  const choice = {
    text: 'Choose which mails you get in your settings:',
    url: `${context.appUrl}/settings#mails`,
  }
  return { ...content, notes: [...(content.notes ?? []), choice] }
}

function chooseWords({ kind, data }: Mail, context: MailContext): MailContent {
  switch (kind) {
    case 'receipt':
      return receipt(data, context)
    case 'refund':
      return refund(data, context)
    case 'dispute':
      return dispute(data, context)
    case 'plan_started':
      return planStarted(data, context)
    case 'plan_changed':
      return planChanged(data, context)
    case 'plan_cancelled':
      return planCancelled(data, context)
    case 'renewal_failed':
      return renewalFailed(data, context)
    case 'low_balance':
      return lowBalance(data, context)
    case 'expiring_credits':
      return expiringCredits(data, context)
    case 'key_budget':
      return keyBudget(data, context)
    case 'welcome':
      return welcome(data, context)
    case 'password_changed':
      return passwordChanged(data, context)
    case 'email_changed':
      return emailChanged(data, context)
  }
}
