import type { MailContent, MailContext } from '../mail-content'
import type { MailData } from '../mail-data'

/** The button of every mail about a plan. */
const seePlan = (appUrl: string) => ({ label: 'See your plan', url: `${appUrl}/billing` })

export function planStarted(
  data: MailData<'plan_started'>,
  { appUrl, formatTimestamp }: MailContext,
): MailContent {
  const { package_name: name, trial, renews } = data
  const end = formatTimestamp(data.period_end)
  const next = renews
    ? `It renews on ${end}, and then again and again until you cancel it.`
    : `It runs until ${end}, and does not renew.`
  return {
    subject: trial ? `Your trial of ${name} has started` : `Your ${name} plan has started`,
    preview: trial ? `It is free until ${end}.` : next,
    title: trial ? `Your trial of ${name} has started` : `Your ${name} plan has started`,
    paragraphs: [
      trial
        ? `It is free until ${end}. ${renews ? 'From then on it is paid, unless you cancel it before.' : 'Then it ends.'}`
        : `${next} What each payment adds is told by its receipt.`,
    ],
    details: [
      ['Plan', name],
      [trial ? 'Free until' : renews ? 'Renews' : 'Ends', end],
    ],
    button: seePlan(appUrl),
    notes: [{ text: 'You can change or cancel it at any time here:', url: `${appUrl}/billing` }],
  }
}

/** A plan is another one now, or will be with its next period. */
export function planChanged(
  data: MailData<'plan_changed'>,
  { appUrl, formatTimestamp }: MailContext,
): MailContent {
  const { package_name: name, from_name: from, scheduled_name: scheduled } = data
  const at = data.period_end ? formatTimestamp(data.period_end) : null
  const before = scheduled ? name : from
  const after = scheduled ?? name
  const sentence = scheduled
    ? `Your ${name} plan changes to ${scheduled}${at ? ` on ${at}` : ' when it renews'}. Until then nothing changes.`
    : `Your plan changed from ${from} to ${name}.`
  return {
    subject: scheduled ? `Your plan will change to ${scheduled}` : `Your plan is now ${name}`,
    preview: sentence,
    title: scheduled ? `Your plan will change to ${scheduled}` : `Your plan is now ${name}`,
    paragraphs: [sentence],
    details: [
      ...(before ? [['Before', before] as const] : []),
      ['After', after],
      ...(at ? [['Changes on', at] as const] : []),
    ],
    button: seePlan(appUrl),
    notes: [{ text: 'If you did not ask for this, write to us:', url: `${appUrl}/help` }],
  }
}

/** A plan ends with its period, or has ended. */
export function planCancelled(
  data: MailData<'plan_cancelled'>,
  { appUrl, formatTimestamp }: MailContext,
): MailContent {
  const { package_name: name } = data
  const end = data.period_end ? formatTimestamp(data.period_end) : null
  return {
    subject: end ? `Your ${name} plan is canceled` : `Your ${name} plan has ended`,
    preview: end ? `It runs until ${end}.` : 'You will not be charged for it again.',
    title: end ? `Your ${name} plan is canceled` : `Your ${name} plan has ended`,
    paragraphs: [
      end
        ? `It runs until ${end}. You keep what it brings until then, and are not charged for it again.`
        : 'You will not be charged for it again, and what it brings has ended with it.',
    ],
    details: [['Plan', name], ...(end ? [['Ends', end] as const] : [])],
    button: seePlan(appUrl),
    notes: end
      ? [{ text: 'Changed your mind? You can keep it until it ends, here:', url: `${appUrl}/billing` }]
      : [{ text: 'You can choose a plan again at any time here:', url: `${appUrl}/billing` }],
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
    notes: [{ text: 'Your subscriptions and payments are listed here:', url: `${appUrl}/billing` }],
  }
}
