import { AppError, ConflictError, NotFoundError } from '@/lib/http/errors'

/** Ours to tell a person, with what it came from for the log. */
class CausedError extends AppError {
  constructor(code: string, status: number, message: string, cause: unknown) {
    super(code, status, message)
    this.cause = cause
  }
}

/** 404: nothing of that id is for sale. */
export class PackageNotFoundError extends NotFoundError {
  constructor() {
    super('This package is not for sale.', 'package_not_found')
  }
}

/** 503: the package is for sale but has no product at the payment provider yet. */
export class PackageNotConfiguredError extends AppError {
  constructor() {
    super('package_not_configured', 503, 'This package cannot be bought yet. Please choose another one.')
  }
}

/** 409: the payment provider cannot sell this, and `message` says why. Nothing was changed. */
export class PriceNotSoldError extends ConflictError {
  constructor(message: string) {
    super(message, 'price_not_sold')
  }
}

/** 409: another request of the same buyer is opening this checkout and has not got it yet. */
export class CheckoutOpeningError extends ConflictError {
  constructor() {
    super('Your checkout is being opened. Please try again in a moment.', 'checkout_opening')
  }
}

/** 502: the payment provider refused or did not answer. Nothing was changed. */
export class PaymentProviderError extends CausedError {
  constructor(
    cause: unknown,
    message = 'The payment page could not be opened. Nothing was charged; please try again in a moment.',
  ) {
    super('payment_provider_unavailable', 502, message, cause)
  }
}

/** 404: there is no plan to change or cancel. */
export class NoSubscriptionError extends NotFoundError {
  constructor() {
    super('You have no plan at the moment.', 'no_subscription')
  }
}

/** 409: the plan cannot do this now, because of how it stands. `code` says why. */
export class PlanConflictError extends ConflictError {}

/** 402: the change was to be paid at once, and the payment failed. The plan is as it was. */
export class PlanChangeNotPaidError extends AppError {
  constructor(reason: string | null) {
    super(
      'plan_change_not_paid',
      402,
      `${reason ?? 'The payment did not go through.'} Your plan is as it was. Change your payment method, then try again.`,
    )
  }
}

/** 502: it is not known whether the provider did what it was asked for. */
export class UnconfirmedError extends CausedError {
  constructor(cause: unknown) {
    const message =
      'We could not confirm this with the payment provider. Do not repeat it: reload the page in a minute to see the outcome.'
    super('not_confirmed', 502, message, cause)
  }
}

/** What a provider's adapter throws when it was refused, so that surely nothing was done. */
export class ProviderRefusedError extends Error {
  constructor(cause: Error) {
    super(cause.message, { cause })
  }
}

/** 500: a verified event could not be applied. It is stored, and the provider will send it again. */
export class WebhookNotAppliedError extends CausedError {
  constructor(code: string, message: string, cause?: unknown) {
    super(code, 500, message, cause)
  }
}

/** 502: a reconciliation broke off. Its report tells how far it came. */
export class ReconciliationIncompleteError extends CausedError {
  constructor(cause: unknown) {
    const message =
      'The comparison broke off before its end. What was found until then is in its report; please run it again in a moment.'
    super('reconciliation_incomplete', 502, message, cause)
  }
}

/** 409: the provider refused a refund, and says why. Nothing was given back. */
export class RefundRefusedError extends ConflictError {
  constructor(reason: string) {
    super(`The payment provider refused the refund: ${reason}`, 'refund_refused')
  }
}

/** 502: nobody knows yet whether a refund was made. */
export class RefundUnansweredError extends CausedError {
  constructor(cause: unknown) {
    const message =
      'The payment provider did not answer. The refund may have been made: do not repeat it. Reconciliation resolves it within the hour.'
    super('refund_unanswered', 502, message, cause)
  }
}

/** 500: a refund was made, but what the provider answered could not be applied. The event is stored as failed. */
export class RefundNotAppliedError extends CausedError {
  constructor(cause: unknown) {
    const message =
      'The payment provider accepted the refund, but we failed to record it. Do not repeat it: replay its failed event under Webhooks.'
    super('refund_not_applied', 500, message, cause)
  }
}

/** 500: a purchase was found, but what the provider answered could not be applied. The event is stored as failed. */
export class PaymentNotAppliedError extends CausedError {
  constructor(cause: unknown) {
    const message =
      'Your payment was found, but we failed to record it. Do not pay again; contact support if it stays missing.'
    super('payment_not_applied', 500, message, cause)
  }
}
