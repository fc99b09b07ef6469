import { brand } from '@/lib/brand'
import { type CreditType, findCreditType } from '@/lib/credit-type'
import { countCredits, formatCredits, formatMoney } from '@/lib/format'
import { type MailContent, type MailContext, type MailDetail, pageOf } from '../mail-content'
import type { MailData } from '../mail-data'

const RENEWS =
  'This is a subscription: it renews by itself until you cancel it. You can do that at any time here:'

/** Credits were bought, or a subscription brought them. */
export function receipt(data: MailData<'receipt'>, context: MailContext): MailContent {
  const { appUrl, types } = context
  const type = findCreditType(types, data.credit_type)
  const bought = countCredits(data.credits, type)
  const paid = formatMoney(data.amount, data.currency)
  const { name, address } = context.sellerOf?.(data.provider) ?? brand.seller
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
      ...(data.tax === null ? [] : [['Including tax', formatMoney(data.tax, data.currency)] as const]),
      ...(data.paid_at ? [['Date', context.formatTimestamp(data.paid_at)] as const] : []),
      ['Sold by', address ? `${name}, ${address}` : name],
      ...(data.repaid > 0 ? [['Repaid', formatCredits(data.repaid)] as const] : []),
      ['New balance', formatCredits(data.balance)],
      ['Payment', data.payment_id],
    ],
    button: { label: 'See your transactions', url: pageOf('/transactions', data.credit_type, context) },
    notes: [
      ...(data.subscription ? [{ text: RENEWS, url: `${appUrl}/billing` }] : []),
      data.amount > 0
        ? { text: 'Download the invoice from your payments, signed in:', url: `${appUrl}/billing` }
        : {
            text: 'Keep this mail as your receipt. Your payments are listed here:',
            url: `${appUrl}/billing`,
          },
    ],
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
      ...balanceRows(type, { debt, balance }),
    ],
    button: { label: 'See your transactions', url: pageOf('/transactions', data.credit_type, context) },
    notes: [{ text: 'The money arrives the way you paid. Banks may take up to ten days to show it.' }],
  }
}

/** How a wallet stands once credits were taken back, or given back. */
function balanceRows(type: CreditType, { debt, balance }: { debt: number; balance: number }): MailDetail[] {
  return [
    ...(debt > 0 ? [[`${type.name} owed`, formatCredits(debt)] as const] : []),
    ['New balance', formatCredits(balance)],
  ]
}

/** The bank of the buyer took a payment back, or gave it back to us. */
export function dispute(data: MailData<'dispute'>, context: MailContext): MailContent {
  const { package_name: name, debt } = data
  const money = formatMoney(data.amount, data.currency)
  const type = findCreditType(context.types, data.credit_type)
  const credits = countCredits(data.credits, type)
  const were = data.credits === 1 ? 'was' : 'were'
  const moved = `${credits} ${were} ${data.ended ? 'given back' : 'taken back'}`
  return {
    subject: data.ended ? `The dispute about ${name} has ended` : `Your payment for ${name} is disputed`,
    preview: `${moved}. Your balance is ${formatCredits(data.balance)}.`,
    title: data.ended ? `${credits} ${were} given back` : 'Your payment is disputed',
    paragraphs: [
      data.ended
        ? `The dispute about your payment of ${money} for ${name} has ended in our favor, so its credits are yours again.`
        : `Your bank asked for ${money} of your payment for ${name} back, so ${credits} of it ${were} taken back until that is decided.`,
      ...(debt > 0
        ? [`You owe ${countCredits(debt, type)}. The next credits you get make up for them first.`]
        : []),
    ],
    details: [
      ['Package', name],
      ['Disputed', money],
      [`${type.name} ${data.ended ? 'given back' : 'taken back'}`, formatCredits(data.credits)],
      ...balanceRows(type, data),
    ],
    button: { label: 'See your transactions', url: pageOf('/transactions', data.credit_type, context) },
    notes: data.ended
      ? []
      : [
          {
            text: 'If you did not dispute it, ask your bank about it. Then write to us:',
            url: `${context.appUrl}/help`,
          },
        ],
  }
}
