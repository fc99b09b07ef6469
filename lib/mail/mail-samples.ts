import type { Mail } from './mail-data'

type Sample = Mail & { title: string }

const AT = '2026-11-27T15:04:00+00:00'
const PERIOD_END = '2026-12-27T15:04:00+00:00'
const RECEIPT = {
  credits: 1500,
  credit_type: 'general',
  package_name: 'Pro',
  amount: 3569,
  currency: 'USD',
  tax: 570,
  provider: '',
  balance: 1620,
  repaid: 0,
  payment_id: 'pay_123',
  paid_at: AT,
  subscription: false,
}
const REFUND = {
  credit_type: 'general',
  credits_taken: 400,
  debt: 0,
  amount: 999,
  currency: 'EUR',
  balance: 120,
  package_name: 'Starter',
  full: true,
}
const DISPUTE = {
  package_name: 'Starter',
  ended: false,
  amount: 999,
  currency: 'EUR',
  credit_type: 'general',
  credits: 400,
  debt: 0,
  balance: 120,
}
const KEY_BUDGET = {
  key_name: 'Nightly job',
  percent: 80,
  period: 'day' as const,
  budget: 1000,
  used: 812,
  credit_type: 'general',
}

/** Every mail of the outbox as it may be sent, for the preview in development and for tests. */
export const MAIL_SAMPLES: readonly Sample[] = [
  {
    title: 'Welcome',
    kind: 'welcome',
    data: { credits: [{ amount: 100, credit_type: 'general' }] },
  },
  { title: 'Receipt', kind: 'receipt', data: RECEIPT },
  { title: 'Receipt of a plan', kind: 'receipt', data: { ...RECEIPT, subscription: true } },
  {
    title: 'Receipt that repaid a debt',
    kind: 'receipt',
    data: { ...RECEIPT, repaid: 400, balance: 1100, tax: null },
  },
  { title: 'Refund', kind: 'refund', data: REFUND },
  { title: 'Refund with a debt', kind: 'refund', data: { ...REFUND, debt: 100, balance: 0, full: false } },
  { title: 'Dispute', kind: 'dispute', data: DISPUTE },
  { title: 'Dispute with a debt', kind: 'dispute', data: { ...DISPUTE, debt: 100, balance: 0 } },
  { title: 'Dispute won', kind: 'dispute', data: { ...DISPUTE, ended: true, balance: 520 } },
  {
    title: 'Plan started',
    kind: 'plan_started',
    data: { package_name: 'Pro monthly', period_end: PERIOD_END, trial: false, renews: true },
  },
  {
    title: 'Trial started',
    kind: 'plan_started',
    data: { package_name: 'Pro monthly', period_end: PERIOD_END, trial: true, renews: true },
  },
  {
    title: 'Plan changed',
    kind: 'plan_changed',
    data: { package_name: 'Enterprise monthly', from_name: 'Pro monthly' },
  },
  {
    title: 'Plan will change',
    kind: 'plan_changed',
    data: { package_name: 'Enterprise monthly', scheduled_name: 'Pro monthly', period_end: PERIOD_END },
  },
  {
    title: 'Plan canceled',
    kind: 'plan_cancelled',
    data: { package_name: 'Pro monthly', period_end: PERIOD_END },
  },
  { title: 'Plan ended', kind: 'plan_cancelled', data: { package_name: 'Pro monthly', period_end: null } },
  { title: 'Renewal failed', kind: 'renewal_failed', data: { package_name: 'Pro monthly' } },
  {
    title: 'Expiring credits',
    kind: 'expiring_credits',
    data: { amount: 340, credit_type: 'general', expires_at: PERIOD_END },
  },
  { title: 'Low balance', kind: 'low_balance', data: { balance: 19, threshold: 20, credit_type: 'general' } },
  { title: 'Budget of an API key', kind: 'key_budget', data: KEY_BUDGET },
  {
    title: 'Budget of an API key, used up',
    kind: 'key_budget',
    data: { ...KEY_BUDGET, percent: 100, used: 1000, period: 'month' },
  },
  { title: 'Password changed', kind: 'password_changed', data: { at: AT } },
  {
    title: 'Address changed',
    kind: 'email_changed',
    data: { at: AT, from: 'ada@example.com', to: 'ada@new.example.com' },
  },
]
