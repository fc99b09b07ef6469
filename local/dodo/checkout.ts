import { SandboxError } from './http.ts'
import { newId } from './ids.ts'
import type { Sandbox } from './sandbox.ts'
import { toCurrency } from './shapes/currency.ts'
import { newCustomer } from './shapes/customer.ts'
import type { CheckoutSession, DodoPayments, SandboxProduct } from './types.ts'

const DAY = 24 * 60 * 60 * 1000

type NewSession = {
  cart: DodoPayments.Payment.ProductCart[]
  customer: DodoPayments.CustomerRequest | null
  metadata: DodoPayments.Metadata
  returnUrl: string | null
  cancelUrl: string | null
}

/** @throws SandboxError 404 for an unknown product or customer */
export function openSession(sandbox: Sandbox, input: NewSession): CheckoutSession {
  const products = input.cart.map(({ product_id }) => findProduct(sandbox, product_id))
  const total = input.cart.reduce(
    (sum, { quantity }, index) => sum + quantity * (products[index]?.price ?? 0),
    0,
  )
  const now = Date.now()
  const session: CheckoutSession = {
    id: newId('cks'),
    createdAt: new Date(now).toISOString(),
    expiresAt: new Date(now + (sandbox.options.sessionLifetime ?? DAY)).toISOString(),
    cart: input.cart,
    total,
    currency: toCurrency(products[0]?.currency ?? ''),
    customerId: input.customer ? customerFor(sandbox, input.customer).customer_id : null,
    metadata: input.metadata,
    returnUrl: input.returnUrl,
    cancelUrl: input.cancelUrl,
    paymentId: null,
  }
  sandbox.store.state.sessions[session.id] = session
  sandbox.store.save()
  return session
}

export function findProduct({ options }: Sandbox, id: string): SandboxProduct {
  const product = options.products.find((candidate) => candidate.dodoProductId === id)
  if (product) return product
  throw new SandboxError(404, 'PRODUCT_NOT_FOUND', `Product ${id} does not exist.`)
}

/** The customer with that id, or the one with that e-mail, or a new one. */
export function customerFor(
  { store }: Sandbox,
  request: DodoPayments.CustomerRequest,
): DodoPayments.Customer {
  const { customers } = store.state
  if ('customer_id' in request) {
    const customer = customers[request.customer_id]
    if (customer) return customer
    throw new SandboxError(404, 'CUSTOMER_NOT_FOUND', `Customer ${request.customer_id} does not exist.`)
  }
  const email = request.email.toLowerCase()
  const known = Object.values(customers).find((customer) => customer.email === email)
  if (known) return known
  const customer = newCustomer(email, request.name ?? email.split('@')[0] ?? email)
  customers[customer.customer_id] = customer
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
