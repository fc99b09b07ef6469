/** `requests` at once, renewed evenly over `perSeconds`. */
export type Allowance = { requests: number; perSeconds: number }

/** What one user, and what all users of one address together, may attempt. An address is often shared: it gets more. */
export type RateLimit = { user?: Allowance; address: Allowance }

const MINUTE_S = 60
const HOUR_S = 3600

/** The limits of what costs something although nobody pays credits for it: a call to a provider, a mail, a password check. */
export const RATE_LIMITS = {
  sign_in: { address: { requests: 30, perSeconds: MINUTE_S } },
  sign_up: { address: { requests: 30, perSeconds: HOUR_S } },
  new_password: { address: { requests: 30, perSeconds: HOUR_S } },
  mail: { address: { requests: 30, perSeconds: HOUR_S } },
  change_sign_in: {
    user: { requests: 10, perSeconds: HOUR_S },
    address: { requests: 120, perSeconds: HOUR_S },
  },
  end_session: {
    user: { requests: 60, perSeconds: HOUR_S },
    address: { requests: 240, perSeconds: HOUR_S },
  },
  close_account: {
    user: { requests: 30, perSeconds: HOUR_S },
    address: { requests: 240, perSeconds: HOUR_S },
  },
  export_account: {
    user: { requests: 10, perSeconds: HOUR_S },
    address: { requests: 120, perSeconds: HOUR_S },
  },
  // #region api
  api_key: {
    user: { requests: 60, perSeconds: HOUR_S },
    address: { requests: 240, perSeconds: HOUR_S },
  },
  // #endregion
  // #region payments
  checkout: {
    user: { requests: 60, perSeconds: 10 * MINUTE_S },
    address: { requests: 240, perSeconds: 10 * MINUTE_S },
  },
  portal: {
    user: { requests: 20, perSeconds: 10 * MINUTE_S },
    address: { requests: 120, perSeconds: 10 * MINUTE_S },
  },
  plan_change: {
    user: { requests: 30, perSeconds: 10 * MINUTE_S },
    address: { requests: 240, perSeconds: 10 * MINUTE_S },
  },
  plan_preview: {
    user: { requests: 60, perSeconds: 10 * MINUTE_S },
    address: { requests: 480, perSeconds: 10 * MINUTE_S },
  },
  payment_check: {
    user: { requests: 60, perSeconds: MINUTE_S },
    address: { requests: 300, perSeconds: MINUTE_S },
  },
  invoice: {
    user: { requests: 30, perSeconds: MINUTE_S },
    address: { requests: 120, perSeconds: MINUTE_S },
  },
  // #endregion
} as const satisfies Record<string, RateLimit>

export type RateLimitedAction = keyof typeof RATE_LIMITS
