import { findCreditType } from '@/lib/credit-type'
import { countCredits, formatCredits } from '@/lib/format'
import { type MailContent, type MailContext, pageOf } from '../mail-content'
import type { MailData } from '../mail-data'

/** The balance fell below what its owner wants to be told of. */
export function lowBalance(data: MailData<'low_balance'>, context: MailContext): MailContent {
  const { appUrl, types } = context
  const type = findCreditType(types, data.credit_type)
  const left = countCredits(data.balance, type)
  const threshold = countCredits(data.threshold, type)
  return {
    subject: `${left} left`,
    preview: `Your balance fell below ${threshold}.`,
    title: `You have ${left} left`,
    paragraphs: [
      `Your balance fell below ${threshold}. A tool that costs more than you have will not run, so buy more before you need them.`,
    ],
    button: { label: 'Buy credits', url: pageOf('/buy-credits', type.id, context) },
    notes: [
      { text: 'Choose other numbers, or none, in your settings:', url: `${appUrl}/settings#low-balance` },
    ],
  }
}

/** Credits expire within a week. */
export function expiringCredits(data: MailData<'expiring_credits'>, context: MailContext): MailContent {
  const amount = countCredits(data.amount, findCreditType(context.types, data.credit_type))
  const end = context.formatTimestamp(data.expires_at)
  const expire = data.amount === 1 ? 'expires' : 'expire'
  return {
    subject: `${amount} will expire soon`,
    preview: `Use ${data.amount === 1 ? 'it' : 'them'} before ${end}.`,
    title: `${amount} will expire soon`,
    paragraphs: [
      `${amount} of your balance ${expire} on ${end}. Tools spend the credits that expire first, so nothing but using them is needed.`,
    ],
    details: [
      ['Expiring', amount],
      ['Expires', end],
    ],
    button: { label: 'Open your dashboard', url: pageOf('/dashboard', data.credit_type, context) },
  }
}

const BUDGET_NAMES = { day: 'daily budget', month: 'monthly budget', total: 'total budget' }
const BUDGET_RESETS = {
  day: 'It starts over at midnight UTC.',
  month: 'It starts over on the first of the month, UTC.',
  total: 'It does not start over.',
}

/** A key of the API has used a part of its budget, or all of it. */
export function keyBudget(data: MailData<'key_budget'>, { appUrl, types }: MailContext): MailContent {
  const { key_name: name, percent, budget, used, period } = data
  const whole = countCredits(budget, findCreditType(types, data.credit_type))
  const kind = BUDGET_NAMES[period]
  const isUsedUp = used >= budget
  return {
    subject: `API key "${name}": ${percent}% of its ${kind} used`,
    preview: `${formatCredits(used)} of ${whole}.`,
    title: isUsedUp
      ? `The ${kind} of "${name}" is used up`
      : `${percent}% of the ${kind} of "${name}" is used`,
    paragraphs: [
      `Your API key "${name}" has used ${formatCredits(used)} of ${whole}. ${BUDGET_RESETS[period]}`,
      isUsedUp
        ? 'Calls with this key are refused until it starts over or you raise it.'
        : 'A call that costs more than is left will be refused.',
    ],
    button: { label: 'Manage API keys', url: `${appUrl}/settings` },
  }
}
