import { findProduct, unitPrice } from './catalog.ts'
import { findCustomer } from './find.ts'
import { SandboxError } from './http.ts'
import { newId } from './ids.ts'
import type { Sandbox } from './sandbox.ts'
import { newCustomer } from './shapes/customer.ts'
import { DAY_MS } from './time.ts'
import type { CheckoutSession, DodoPayments } from './types.ts'

type CheckoutInput = {
  cart: DodoPayments.Payment.ProductCart[]
  customer: CustomerRequest | null
  metadata: DodoPayments.Metadata
  returnUrl: string | null
  cancelUrl: string | null
  /** Null leaves it to the product. */
  trialDays: number | null
}

/**
 * @throws SandboxError 404 for an unknown product or customer, 422 for more than one subscription or one
 * that is not sold any more
 */
export function openSession(sandbox: Sandbox, input: CheckoutInput): CheckoutSession {
  const lines = input.cart.map(({ product_id, quantity }) => ({
    ...findProduct(sandbox, product_id),
    quantity,
  }))
  const archived = lines.find((line) => line.archived)
  if (archived) {
    const message = `Product ${archived.product.product_id} is archived.`
    throw new SandboxError(422, 'PRODUCT_ARCHIVED', message)
  }
  const recurring = lines.filter(({ product }) => product.is_recurring)
  if (recurring.length > 1) {
    throw new SandboxError(422, 'UNSUPPORTED_CART', 'The sandbox sells one subscription per checkout.')
  }
  const price = recurring[0]?.product.price
  const trialDays =
    price?.type === 'recurring_price' ? (input.trialDays ?? price.trial_period_days ?? 0) : undefined
  const paidToday = lines.filter(({ product }) => !(product.is_recurring && trialDays))
  return newSession(sandbox, {
    cart: input.cart,
    total: paidToday.reduce((sum, { product, quantity }) => sum + unitPrice(product) * quantity, 0),
    currency: lines[0]?.product.price.currency ?? 'USD',
    customerId: input.customer ? customerFor(sandbox, input.customer).customer_id : null,
    metadata: input.metadata,
    returnUrl: input.returnUrl,
    cancelUrl: input.cancelUrl,
    ...(trialDays !== undefined && { trialDays }),
  })
}

type SessionFields = Omit<CheckoutSession, 'id' | 'createdAt' | 'expiresAt' | 'paymentId'>

/** Opens a hosted page, for a day. */
export function newSession({ store, options }: Sandbox, fields: SessionFields): CheckoutSession {
  const now = Date.now()
  const session: CheckoutSession = {
    id: newId('cks'),
    createdAt: new Date(now).toISOString(),
    expiresAt: new Date(now + (options.sessionLifetime ?? DAY_MS)).toISOString(),
    paymentId: null,
    ...fields,
  }
  store.state.sessions[session.id] = session
  store.save()
  return session
}

type CustomerRequest =
  | DodoPayments.AttachExistingCustomer
  | (DodoPayments.NewCustomer & { metadata?: DodoPayments.Metadata | null })

/** The customer with that id, or the one with that e-mail, or a new one. */
export function customerFor(sandbox: Sandbox, request: CustomerRequest): DodoPayments.Customer {
  if ('customer_id' in request) return findCustomer(sandbox, request.customer_id)
  const { store } = sandbox
  const { customers } = store.state
  const email = request.email.toLowerCase()
  const known = Object.values(customers).find((customer) => customer.email === email)
  if (known) return known
  const name = request.name ?? email.split('@')[0] ?? email
  const { phone_number = null, metadata } = request
  const customer = newCustomer({ email, name, phone_number, metadata: metadata ?? {} })
  customers[customer.customer_id] = customer
  store.save()
  return customer
}

type CustomerChange = { email?: string | null | undefined; name?: string | null | undefined }

/** Another address or name for a customer. @throws SandboxError when another customer has the address */
export function changeCustomer(sandbox: Sandbox, id: string | undefined, change: CustomerChange) {
  const { store } = sandbox
  const customer = findCustomer(sandbox, id)
  const email = change.email?.toLowerCase() ?? customer.email
  const holder = Object.values(store.state.customers).find((other) => other.email === email)
  if (holder && holder !== customer) {
    throw new SandboxError(409, 'CUSTOMER_EMAIL_TAKEN', `Customer ${holder.customer_id} has this address.`)
  }
  Object.assign(customer, { email, name: change.name ?? customer.name })
  store.save()
  return customer
}

export type SessionStatus = 'open' | 'paid' | 'processing' | 'expired'

/** A session takes payments until one goes through; a declined card leaves it open. */
export function sessionStatus({ store }: Sandbox, session: CheckoutSession): SessionStatus {
  const status = session.paymentId ? store.state.payments[session.paymentId]?.status : null
  if (status === 'succeeded') return 'paid'
  if (status === 'processing') return 'processing'
  return new Date(session.expiresAt) > new Date() ? 'open' : 'expired'
}
