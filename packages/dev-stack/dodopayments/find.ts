import { SandboxError } from './http.ts'
import type { Sandbox } from './sandbox.ts'
import type { DodoPayments, ObjectReference, RefundRecord, SubscriptionRecord } from './types.ts'

/** @throws SandboxError 404 */
export const findPayment = ({ store }: Sandbox, id = ''): DodoPayments.Payment =>
  store.state.payments[id] ?? missing('payment', id)

/** @throws SandboxError 404 */
export const findRefund = ({ store }: Sandbox, id = ''): RefundRecord =>
  store.state.refunds[id] ?? missing('refund', id)

/** @throws SandboxError 404 */
export const findDispute = ({ store }: Sandbox, id = ''): DodoPayments.GetDispute =>
  store.state.disputes[id] ?? missing('dispute', id)

/** @throws SandboxError 404 */
export const findSubscription = ({ store }: Sandbox, id = ''): SubscriptionRecord =>
  store.state.subscriptions[id] ?? missing('subscription', id)

/** @throws SandboxError 404 */
export const findCustomer = ({ store }: Sandbox, id = ''): DodoPayments.Customer =>
  store.state.customers[id] ?? missing('customer', id)

/** @throws SandboxError 404 unless there is such an object */
export function assertObject(sandbox: Sandbox, { kind, id }: ObjectReference): void {
  if (!sandbox.store.state[`${kind}s` as const][id]) missing(kind, id)
}

function missing(kind: string, id: string): never {
  const name = `${kind.charAt(0).toUpperCase()}${kind.slice(1)}`
  throw new SandboxError(404, `${kind.toUpperCase()}_NOT_FOUND`, `${name} ${id} does not exist.`)
}
