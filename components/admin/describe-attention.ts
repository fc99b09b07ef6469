import type { Route } from 'next'
import type { AttentionEntry } from '@/lib/admin/read-attention'
import { ageOf } from '@/lib/age'
import type { LiveMode } from '@/lib/env/live-mode'
import type { Format } from '@/lib/format'
import { nameOfProvider } from '@/lib/payments'

/** An entry in words: what is the matter, what to do about it, and where. */
export type AttentionText = {
  title: string
  todo: string
  href:
    | Route
    | `/admin/users/${string}`
    // #region payments
    | `/admin/payments/${string}`
    | `/admin/webhooks/${string}`
  // #endregion
}

/** What an entry says to an admin who reads as `format` writes. */
export function describeAttention(entry: AttentionEntry, format: Format): AttentionText {
  switch (entry.kind) {
    // #region payments
    case 'failed_event':
      return {
        title: `The event ${entry.details.type} couldn't be processed`,
        todo: sentence('Replay it once its cause is gone.', entry.details.error),
        href: `/admin/webhooks/${entry.subject}`,
      }
    case 'reviewed_event':
      return {
        title: 'A paid period overlaps one that was granted',
        todo: 'It granted nothing. Check whether both were charged, then replay its event to close the review.',
        href: `/admin/webhooks/${entry.subject}`,
      }
    case 'dispute':
      return {
        title: `A payment is disputed: ${moneyOf(entry.details, format)}`,
        todo: respond(entry.respond_by, nameOfProvider(entry.details.provider), format),
        href: `/admin/payments/${entry.subject}`,
      }
    case 'stuck_refund':
      return {
        title: `A payment refund of ${moneyOf(entry.details, format)} is not confirmed`,
        todo: `Run a reconciliation. If it stays, look the payment up at ${nameOfProvider(entry.details.provider)}.`,
        href: `/admin/payments/${entry.subject}`,
      }
    case 'stuck_payment':
      return {
        title: `A payment of ${moneyOf(entry.details, format)} is still processing`,
        todo: `Run a reconciliation. If it stays, look the payment up at ${nameOfProvider(entry.details.provider)}.`,
        href: `/admin/payments/${entry.subject}`,
      }
    case 'second_plan':
      return {
        title: 'A second plan is not ended and refunded',
        todo: `End and refund it at ${nameOfProvider(entry.details.provider)}.`,
        href: '/admin/subscriptions?surplus=open',
      }
    case 'unmatched_customer':
      return {
        title: 'A checkout is refused: the payment provider takes them for another account',
        todo: 'Move the customer that has their address. It leaves this list after 30 days.',
        href: `/admin/users/${entry.subject}`,
      }
    case 'failed_sync':
      return {
        title: `${entry.details.name} is not synced with ${nameOfProvider(entry.details.provider)}`,
        todo: sentence('Sync it again.', entry.details.error),
        href: '/admin/packages',
      }
    // #endregion
    case 'held_bonus':
      return {
        title: `A sign-up bonus is held: too many from ${entry.details.network ?? 'one network'}`,
        todo: 'Release it if the person is genuine. It leaves this list after 30 days.',
        href: `/admin/users/${entry.subject}`,
      }
    case 'late_job':
      return {
        title: `The job ${entry.subject} has not run when it should`,
        todo: entry.details.ran_at
          ? `It last ran ${ageOf(entry.details.ran_at)} ago. Check the scheduler.`
          : 'It has never run. Set up the scheduler as the README says.',
        href: '/admin#jobs',
      }
    case 'failed_job':
      return {
        title: `The job ${entry.subject} failed`,
        todo: sentence('It clears with the next run that succeeds.', entry.details.error),
        href: '/admin#jobs',
      }
    case 'unsound_ledger':
      return {
        title: `${format.formatCredits(entry.details.violations)} ledger ${entry.details.violations === 1 ? 'row breaks' : 'rows break'} a rule`,
        todo: 'Look at the users named below, correct them with an adjustment, then check again.',
        href: '/admin#ledger',
      }
    case 'live_mode':
      return describeLiveMode(entry.details)
  }
}

function describeLiveMode({ app, database }: { app: LiveMode; database: LiveMode }): AttentionText {
  const isHeard = database === 'broadcast'
  return {
    title: `Live updates differ: the app follows ${app}, the database sends ${database}`,
    todo: isHeard
      ? 'Set LIVE_MODE=broadcast where the app runs, or run npm run live changes: each charge pays for a message nobody hears.'
      : 'Run npm run live broadcast, or set LIVE_MODE=changes where the app runs: until then open pages are up to a minute late.',
    href: '/admin/audit',
  }
}

/** A cause, where it is known, before what to do. */
function sentence(todo: string, cause: string | undefined): string {
  if (!cause) return todo
  return `${cause.replace(/\.?$/, '.')} ${todo}`
}

// #region payments
function moneyOf({ amount, currency }: { amount?: number; currency?: string }, format: Format): string {
  return amount === undefined || !currency ? 'all that is left' : format.formatMoney(amount, currency)
}

function respond(deadline: string | null, provider: string, { formatTimestamp }: Format): string {
  if (!deadline) return `Respond at ${provider}, where its deadline is shown.`
  if (Date.parse(deadline) < Date.now()) {
    return `Its deadline passed on ${formatTimestamp(deadline)}. Look its outcome up at ${provider}.`
  }
  return `Respond at ${provider} by ${formatTimestamp(deadline)}.`
}
// #endregion
