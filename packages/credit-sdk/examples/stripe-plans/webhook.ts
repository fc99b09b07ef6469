import SqliteDatabase from 'better-sqlite3'
import { CreditsEngine } from 'credit-sdk'
import { KyselyAdapter } from 'credit-sdk/kysely'
import { createMigration } from 'credit-sdk/schema'
import { Kysely, SqliteDialect } from 'kysely'
import Stripe from 'stripe'

/** The application's own table; the migration adds the balance, the tier and its end. */
const USERS = `create table if not exists users (
  id text primary key,
  email text not null unique,
  stripe_customer_id text unique
)`

type Tables = {
  users: {
    id: string
    email: string
    stripe_customer_id: string | null
    membership_tier?: string | null
    membership_expires_at?: string | null
  }
}

/** What each of Stripe's prices brings with every paid invoice. */
const PLANS: Readonly<Record<string, { tier: string; credits: number }>> = {
  price_pro: { tier: 'pro', credits: 1000 },
  price_enterprise: { tier: 'enterprise', credits: 10_000 },
}

const DAY_SECONDS = 24 * 60 * 60

export function openApp(path = ':memory:') {
  const database = new SqliteDatabase(path)
  database.pragma('foreign_keys = on')
  database.exec(USERS)
  const mapping = { balances: { createdAt: null, updatedAt: null } }
  database.exec(createMigration({ dialect: 'sqlite', mapping, isExistingTable: true }).up)
  const db = new Kysely<Tables>({ dialect: new SqliteDialect({ database }) })
  const engine = new CreditsEngine({
    storage: new KyselyAdapter({ db, dialect: 'sqlite', mapping }),
    config: {
      costs: {
        'api-call': { default: 10, pro: 5, enterprise: 1 },
        'export-data': { default: 100, pro: 50, enterprise: 10 },
      },
      membership: { tiers: { free: 0, pro: 1, enterprise: 2 }, requirements: { 'export-data': 'pro' } },
      // Stripe keeps events, and can send them again, for 30 days.
      idempotency: { ttl: 60 * DAY_SECONDS },
    },
  })
  return { db, engine }
}

type App = ReturnType<typeof openApp>

/** Answers Stripe's webhook. A status above 299 makes Stripe send the event again. */
export async function handleWebhook(
  app: App,
  request: Request,
  { stripe, secret }: { stripe: Stripe; secret: string },
): Promise<Response> {
  const signature = request.headers.get('stripe-signature') ?? ''
  let event: Stripe.Event
  try {
    event = await stripe.webhooks.constructEventAsync(await request.text(), signature, secret)
  } catch (error) {
    if (!(error instanceof Stripe.errors.StripeSignatureVerificationError)) throw error
    return Response.json({ error: 'invalid_signature' }, { status: 400 })
  }
  if (event.type === 'invoice.paid') await grantMonth(app, event.data.object)
  return Response.json({ received: true })
}

/** A month's credits, and the plan they are for, in one transaction: once for each invoice. */
async function grantMonth({ db, engine }: App, invoice: Stripe.Invoice): Promise<void> {
  const lines = invoice.lines.data.flatMap(({ pricing, period }) => {
    const price = pricing?.price_details?.price
    const plan = PLANS[typeof price === 'string' ? price : (price?.id ?? '')]
    return plan ? [{ ...plan, endsAt: new Date(period.end * 1000) }] : []
  })
  const [line] = lines
  const customer = typeof invoice.customer === 'string' ? invoice.customer : invoice.customer?.id
  if (!line || !customer) return
  await db.transaction().execute(async (txn) => {
    const user = await txn
      .updateTable('users')
      .set({ membership_tier: line.tier, membership_expires_at: line.endsAt.toISOString() })
      .where('stripe_customer_id', '=', customer)
      .returning('id')
      .executeTakeFirst()
    // An event can come before the sign-up that it belongs to is stored. Stripe will send it again.
    if (!user) throw new Error(`No user has the Stripe customer ${customer}.`)
    const metadata = { invoice: invoice.id }
    const idempotencyKey = `invoice:${invoice.id}`
    const { credits: amount } = line
    await engine.grant({ userId: user.id, amount, action: 'monthly-credits', metadata, idempotencyKey, txn })
  })
}
