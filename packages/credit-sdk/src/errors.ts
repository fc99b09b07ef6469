/** The base of every error this package throws on purpose. `code` is stable; the message may change. */
export class CreditsSDKError extends Error {
  readonly code: string

  constructor(code: string, message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = new.target.name
    this.code = code
  }
}

/** The balance does not cover the charge. Nothing was changed. */
export class InsufficientCreditsError extends CreditsSDKError {
  readonly userId: string
  readonly required: number
  readonly available: number

  constructor(userId: string, required: number, available: number) {
    super('INSUFFICIENT_CREDITS', `User ${userId} needs ${required} credits and has ${available}.`)
    this.userId = userId
    this.required = required
    this.available = available
  }
}

/** The storage knows no user with this id. A user without a balance is not unknown: the balance is opened at 0. */
export class UserNotFoundError extends CreditsSDKError {
  readonly userId: string

  constructor(userId: string) {
    super('USER_NOT_FOUND', `There is no user ${userId}.`)
    this.userId = userId
  }
}

/** The action asks for a higher tier. `current` is null without a membership, and with an expired one. */
export class MembershipRequiredError extends CreditsSDKError {
  readonly userId: string
  readonly required: string
  readonly current: string | null

  constructor(userId: string, required: string, current: string | null) {
    super(
      'MEMBERSHIP_REQUIRED',
      `User ${userId} needs the tier ${required}; the current one is ${current ?? 'none'}.`,
    )
    this.userId = userId
    this.required = required
    this.current = current
  }
}

/** The key was used by this user for another request. `existingTransaction` is the stored result of that one. */
export class IdempotencyKeyConflictError extends CreditsSDKError {
  readonly key: string
  readonly existingTransaction: unknown

  constructor(key: string, existingTransaction: unknown) {
    super('IDEMPOTENCY_KEY_CONFLICT', `The idempotency key ${key} was already used for another request.`)
    this.key = key
    this.existingTransaction = existingTransaction
  }
}

/** The configuration is wrong. `field` is its path, as in `costs.export.default`. */
export class ConfigurationError extends CreditsSDKError {
  readonly field: string

  constructor(field: string, reason: string) {
    super('CONFIGURATION', `${field}: ${reason}`)
    this.field = field
  }
}

/** The configuration has no price for this action. */
export class UndefinedActionError extends CreditsSDKError {
  readonly action: string

  constructor(action: string) {
    super('UNDEFINED_ACTION', `The action ${action} is not in the configuration.`)
    this.action = action
  }
}

/** The configuration has no such tier. */
export class UndefinedTierError extends CreditsSDKError {
  readonly tier: string

  constructor(tier: string) {
    super('UNDEFINED_TIER', `The tier ${tier} is not in the configuration.`)
    this.tier = tier
  }
}

/** An upgrade that does not go up, or a downgrade that does not go down. */
export class InvalidTierChangeError extends CreditsSDKError {
  readonly userId: string
  readonly currentTier: string | null
  readonly targetTier: string
  readonly reason: string

  constructor(userId: string, currentTier: string | null, targetTier: string, reason: string) {
    super(
      'INVALID_TIER_CHANGE',
      `User ${userId} cannot go from ${currentTier ?? 'none'} to ${targetTier}: ${reason}`,
    )
    this.userId = userId
    this.currentTier = currentTier
    this.targetTier = targetTier
    this.reason = reason
  }
}

/** A formula needs a variable that was not given. */
export class MissingVariableError extends CreditsSDKError {
  readonly formula: string
  readonly missingVariable: string
  readonly providedVariables: readonly string[]

  constructor(formula: string, missingVariable: string, providedVariables: readonly string[]) {
    super('MISSING_VARIABLE', `The formula "${formula}" needs the variable ${missingVariable}.`)
    this.formula = formula
    this.missingVariable = missingVariable
    this.providedVariables = providedVariables
  }
}

/** A formula has no usable result for these variables: a division by zero, a negative or an endless number. */
export class FormulaEvaluationError extends CreditsSDKError {
  readonly formula: string
  readonly variables: Readonly<Record<string, number>>

  constructor(formula: string, variables: Readonly<Record<string, number>>, cause: unknown) {
    const reason = cause instanceof Error ? cause.message : String(cause)
    super('FORMULA_EVALUATION', `The formula "${formula}" failed: ${reason}`, { cause })
    this.formula = formula
    this.variables = variables
  }
}

/** An argument is of the wrong kind, such as an amount that is not a whole number. Nothing was sent to the storage. */
export class InvalidArgumentError extends CreditsSDKError {
  readonly argument: string

  constructor(argument: string, reason: string) {
    super('INVALID_ARGUMENT', `${argument}: ${reason}`)
    this.argument = argument
  }
}

/** A refund names a charge that this user does not have. */
export class TransactionNotFoundError extends CreditsSDKError {
  readonly transactionId: string

  constructor(transactionId: string) {
    super('TRANSACTION_NOT_FOUND', `There is no charge ${transactionId} of this user.`)
    this.transactionId = transactionId
  }
}

/** A refund asks for more than what is left of its charge. */
export class RefundLimitError extends CreditsSDKError {
  readonly transactionId: string
  readonly requested: number
  readonly refundable: number

  constructor(transactionId: string, requested: number, refundable: number) {
    super(
      'REFUND_LIMIT',
      `${requested} credits cannot be refunded: ${refundable} are left of ${transactionId}.`,
    )
    this.transactionId = transactionId
    this.requested = requested
    this.refundable = refundable
  }
}

/** The ledger of a user does not add up to the balance: somebody changed one of them by hand. */
export class LedgerMismatchError extends CreditsSDKError {
  readonly userId: string
  readonly balance: number
  readonly ledgerSum: number

  constructor(userId: string, balance: number, ledgerSum: number) {
    super('LEDGER_MISMATCH', `User ${userId} has ${balance} credits, and a ledger of ${ledgerSum}.`)
    this.userId = userId
    this.balance = balance
    this.ledgerSum = ledgerSum
  }
}

/**
 * The storage let something change that it had promised to hold. In a transaction of your own: roll it back and try
 * again. If it keeps happening, the adapter is unsafe; run `conformance` on it.
 */
export class StorageConflictError extends CreditsSDKError {
  constructor(message: string) {
    super('STORAGE_CONFLICT', message)
  }
}
