import { z } from 'zod'

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
    kind: z.literal('renewal_failed'),
    data: z.object({ package_name: z.string() }),
  }),
  z.object({
    kind: z.literal('low_balance'),
    data: z.object({ balance: credits, threshold: credits, credit_type: z.string() }),
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

type Mail = z.output<typeof mailData>
export type MailKind = Mail['kind']
export type MailData<Kind extends MailKind> = Extract<Mail, { kind: Kind }>['data']
