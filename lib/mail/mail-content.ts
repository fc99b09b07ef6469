import { brand } from '@/lib/brand'
import { type CreditType, findCreditType, mainCreditType } from '@/lib/credit-type'
import { countCredits, formatCredits, formatMoney } from '@/lib/format'
import type { MailData } from './mail-data'

/** What a mail says, as plain text: the layout makes it HTML, and escapes it. */
export type MailContent = {
  subject: string
  /** Shown by inboxes beside the subject. */
  preview: string
  title: string
  paragraphs: readonly string[]
  details?: readonly (readonly [name: string, value: string])[]
  button: { label: string; url: string }
  /** In small print, with a link. */
  note?: { text: string; url?: string }
}

/** Where the links of a mail lead, and what wallets are called. */
export type MailContext = { appUrl: string; types: readonly CreditType[] }

/** A page of the app that is about this wallet. */
function pageOf(path: string, creditType: string, { appUrl, types }: MailContext): string {
  return `${appUrl}${path}${creditType === mainCreditType(types).id ? '' : `?wallet=${creditType}`}`
}

/** Credits were bought, or a subscription brought them. */
export function receipt(data: MailData<'receipt'>, context: MailContext): MailContent {
  const { appUrl, types } = context
  const type = findCreditType(types, data.credit_type)
  const bought = countCredits(data.credits, type)
  const paid = formatMoney(data.amount, data.currency)
  return {
    subject: `Receipt for ${data.package_name}: ${bought}`,
    preview: `${bought} were added. Your balance is ${formatCredits(data.balance)}.`,
    title: `${bought} added`,
    paragraphs: [
      `Thank you. We received ${paid} for ${data.package_name} and added ${bought}. ${whereTheyWent(data, type)}`,
    ],
    details: [
      ['Package', data.package_name],
      [type.name, formatCredits(data.credits)],
      ['Paid', paid],
      ...(data.repaid > 0 ? [['Repaid', formatCredits(data.repaid)] as const] : []),
      ['New balance', formatCredits(data.balance)],
      ['Payment', data.payment_id],
    ],
    button: { label: 'See your transactions', url: pageOf('/transactions', data.credit_type, context) },
    note: data.subscription
      ? {
          text: 'This is a subscription: it renews by itself until you cancel it. You can do that at any time here:',
          url: `${appUrl}/billing`,
        }
      : { text: 'Keep this mail as your receipt. Your payments are listed here:', url: `${appUrl}/billing` },
  }
}

/** The same as the page of the purchase says. */
function whereTheyWent({ repaid, balance }: MailData<'receipt'>, type: CreditType): string {
  if (repaid === 0) return 'They are ready to use.'
  return `${formatCredits(repaid)} of them repaid what was taken back earlier. Your new balance is ${countCredits(balance, type)}.`
}

/** Money went back, and the credits it had bought with it. */
export function refund(data: MailData<'refund'>, context: MailContext): MailContent {
  const { package_name: name, amount, balance, debt } = data
  const money = amount === null ? null : formatMoney(amount, data.currency)
  const type = findCreditType(context.types, data.credit_type)
  const taken = `${countCredits(data.credits_taken, type)} ${data.credits_taken === 1 ? 'was' : 'were'} taken back`
  return {
    subject: money ? `Refund for ${name}: ${money}` : `Refund for ${name}`,
    preview: `${taken}. Your balance is ${formatCredits(balance)}.`,
    title: `${money ?? 'Your money'} is on its way back to you`,
    paragraphs: [
      data.full
        ? `Your payment for ${name} was refunded in full.`
        : `A part of your payment for ${name} was refunded.`,
      `${taken} with it, and your balance is now ${countCredits(balance, type)}.`,
      ...(debt > 0
        ? [
            `Some of the refunded credits had been spent already, so you owe ${countCredits(debt, type)}. The next credits you get make up for them first.`,
          ]
        : []),
    ],
    details: [
      ['Package', name],
      ...(money ? [['Refunded', money] as const] : []),
      [`${type.name} taken back`, formatCredits(data.credits_taken)],
      ...(debt > 0 ? [[`${type.name} owed`, formatCredits(debt)] as const] : []),
      ['New balance', formatCredits(balance)],
    ],
    button: { label: 'See your transactions', url: pageOf('/transactions', data.credit_type, context) },
    note: { text: 'The money arrives the way you paid. Banks may take up to ten days to show it.' },
  }
}

/** A subscription could not be paid for, so it brought no credits. */
export function renewalFailed(data: MailData<'renewal_failed'>, { appUrl }: MailContext): MailContent {
  return {
    subject: `Your ${data.package_name} subscription could not be renewed`,
    preview: 'The payment did not go through. Update your payment method.',
    title: 'Your subscription could not be renewed',
    paragraphs: [
      `The payment for ${data.package_name} did not go through, so no credits were added.`,
      'Check your payment method, or choose another one, and the renewal can be tried again.',
    ],
    button: { label: 'Update your payment method', url: `${appUrl}/billing` },
    note: { text: 'Your subscriptions and payments are listed here:', url: `${appUrl}/billing` },
  }
}

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
    note: {
      text: `${brand.name} tells you this at most once a day. Choose another number, or none, in your settings:`,
      url: `${appUrl}/settings`,
    },
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
