import { z } from 'zod'
import type { MailKind } from './mail-data'

/** What people may switch off, as `set_mail_wanted` takes it. */
export const mailChoice = z.enum(['low_balance', 'expiring_credits', 'key_budget', 'product'])
export type MailChoice = z.output<typeof mailChoice>

type ListedChoice = { id: MailChoice; name: string; description: string }

/** Mails that people may switch off. All others are about money or the account: they prove, or warn. */
export const MAIL_CHOICES: readonly ListedChoice[] = [
  { id: 'low_balance', name: 'Low balance', description: 'When a balance falls below a number you chose.' },
  { id: 'expiring_credits', name: 'Expiring credits', description: 'Up to a week before credits expire.' },
  { id: 'key_budget', name: 'Budgets of API keys', description: 'When a key has used most of its budget.' }, // #only api
  { id: 'product', name: 'Product', description: 'How to start, and what is new.' },
]

/** The choice that a kind of mail follows; null for one that is always sent. */
export function choiceOf(kind: MailKind): MailChoice | null {
  return mailChoice.safeParse(kind === 'welcome' ? 'product' : kind).data ?? null
}
