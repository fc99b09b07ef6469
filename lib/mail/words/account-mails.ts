import { brand } from '@/lib/brand'
import { findCreditType } from '@/lib/credit-type'
import { countCredits } from '@/lib/format'
import { listInWords } from '@/lib/text'
import type { MailContent, MailContext } from '../mail-content'
import type { MailData } from '../mail-data'

/** Somebody has confirmed an address. */
export function welcome({ credits }: MailData<'welcome'>, { appUrl, types }: MailContext): MailContent {
  const given = credits.map(({ amount, credit_type }) =>
    countCredits(amount, findCreditType(types, credit_type)),
  )
  const start = listInWords(given)
  return {
    subject: `Welcome to ${brand.name}`,
    preview: start ? `You start with ${start}.` : 'Your account is ready.',
    title: `Welcome to ${brand.name}`,
    paragraphs: [
      start ? `Your account is ready, and you start with ${start}.` : 'Your account is ready.',
      'Every tool shows its price before it runs, and your balance follows at once.',
    ],
    button: { label: 'Choose a tool', url: `${appUrl}/tools` },
    notes: [{ text: 'Questions? The help page has answers, and an address:', url: `${appUrl}/help` }],
  }
}

export function passwordChanged(
  { at }: MailData<'password_changed'>,
  { appUrl, formatTimestamp }: MailContext,
): MailContent {
  const time = formatTimestamp(at)
  return {
    subject: 'Your password was changed',
    preview: `On ${time}.`,
    title: 'Your password was changed',
    paragraphs: [
      `The password of your ${brand.name} account was changed on ${time}. If that was you, you are done.`,
    ],
    button: { label: 'It was not me: choose a new password', url: `${appUrl}/forgot-password` },
    notes: [{ text: 'If you cannot sign in any more, write to us:', url: `${appUrl}/help` }],
  }
}

/** Goes to the address that an account had before too. */
export function emailChanged(
  { at, from, to }: MailData<'email_changed'>,
  { appUrl, formatTimestamp }: MailContext,
): MailContent {
  return {
    subject: 'Your e-mail address was changed',
    preview: `From ${from} to ${to}.`,
    title: 'Your e-mail address was changed',
    paragraphs: [
      `The address of your ${brand.name} account was changed from ${from} to ${to} on ${formatTimestamp(at)}. You sign in with the new one, and mails go there from now on.`,
    ],
    details: [
      ['Before', from],
      ['After', to],
    ],
    button: { label: 'Open your settings', url: `${appUrl}/settings` },
    notes: [{ text: 'If that was not you, write to us at once:', url: `${appUrl}/help` }],
  }
}
