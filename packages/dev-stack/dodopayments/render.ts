import { toPayment } from './shapes/payment.ts'
import type { ObjectReference, SandboxState } from './types.ts'

/** The `data` of a webhook: the object as it stands now, which may be further on than the event was. */
export function renderObject(state: SandboxState, { kind, id }: ObjectReference): Record<string, unknown> {
  switch (kind) {
    case 'payment': {
      const payment = state.payments[id]
      return { payload_type: 'Payment', ...(payment && toPayment(state, payment)) }
    }
    case 'refund':
      return { payload_type: 'Refund', ...state.refunds[id]?.refund }
    case 'dispute':
      return { payload_type: 'Dispute', ...state.disputes[id] }
    case 'subscription':
      return { payload_type: 'Subscription', ...state.subscriptions[id]?.subscription }
  }
}
