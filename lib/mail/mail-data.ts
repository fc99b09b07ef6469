import { z } from 'zod'
import { timestamp } from '@/lib/timestamp'

const credits = z.int()
const money = { amount: z.int(), currency: z.string().regex(/^[A-Z]{3}$/) }

/** What the outbox keeps of each kind of mail. Amounts of money are in minor units. */
export const mailData = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('receipt'),
    data: z.object({
      credits,
      credit_type: z.string(),
      package_name: z.string(),
      ...money,
      balance: credits,
      /** Of the credits, what repaid a debt at once. */
      repaid: credits.default(0),
      payment_id: z.string(),
      /** Missing from mails that were queued before it was kept, as are the next two. */
      paid_at: timestamp.nullish(),
      /** Within `amount`; null when the provider does not say. */
      tax: z.int().nullable().default(null),
      provider: z.string().default(''),
      /** Whether it renews. */
      subscription: z.boolean().default(false),
    }),
  }),
  z.object({
    kind: z.literal('refund'),
    data: z.object({
      credit_type: z.string(),
      credits_taken: credits,
      /** What the user owes since: credits that were spent before they could be taken back. */
      debt: credits,
      ...money,
      /** Null when the provider did not say. */
      amount: money.amount.nullable(),
      balance: credits,
      package_name: z.string(),
      full: z.boolean(),
    }),
  }),
  z.object({
    kind: z.literal('dispute'),
    data: z.object({
      package_name: z.string(),
      /** Won or taken back, so that the credits are returned. */
      ended: z.boolean(),
      ...money,
      credit_type: z.string(),
      /** Taken, or returned. */
      credits,
      debt: credits,
      balance: credits,
    }),
  }),
  z.object({
    kind: z.literal('plan_started'),
    data: z.object({
      package_name: z.string(),
      period_end: timestamp,
      trial: z.boolean(),
      renews: z.boolean(),
    }),
  }),
  z.object({
    kind: z.literal('plan_changed'),
    data: z.object({
      /** The plan as it is now. */
      package_name: z.string(),
      /** Of a change that was made. */
      from_name: z.string().optional(),
      /** Of one that comes with the next period. */
      scheduled_name: z.string().optional(),
      period_end: timestamp.nullish(),
    }),
  }),
  z.object({
    kind: z.literal('plan_cancelled'),
    data: z.object({
      package_name: z.string(),
      /** Null when it has ended. */
      period_end: timestamp.nullable(),
    }),
  }),
  z.object({
    kind: z.literal('renewal_failed'),
    data: z.object({ package_name: z.string() }),
  }),
  z.object({
    kind: z.literal('low_balance'),
    data: z.object({ balance: credits, threshold: credits, credit_type: z.string() }),
  }),
  z.object({
    kind: z.literal('expiring_credits'),
    data: z.object({ amount: credits, credit_type: z.string(), expires_at: timestamp }),
  }),
  z.object({
    kind: z.literal('welcome'),
    data: z.object({ credits: z.array(z.object({ amount: credits, credit_type: z.string() })) }),
  }),
  z.object({ kind: z.literal('password_changed'), data: z.object({ at: timestamp }) }),
  z.object({
    kind: z.literal('email_changed'),
    data: z.object({ at: timestamp, from: z.string(), to: z.string() }),
  }),
  z.object({
    kind: z.literal('key_budget'),
    data: z.object({
      key_name: z.string(),
      /** Of the budget, what is used at the least. */
      percent: z.int(),
      period: z.enum(['day', 'month', 'total']),
      budget: credits,
      used: credits,
      credit_type: z.string(),
    }),
  }),
])

export type Mail = z.output<typeof mailData>
export type MailKind = Mail['kind']
export type MailData<Kind extends MailKind> = Extract<Mail, { kind: Kind }>['data']
