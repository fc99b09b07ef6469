const NOBODY = '00000000-0000-4000-8000-000000000000'
const TEXT = 'The harbour opened in 1887. It made the town rich.'

/** A route that takes a body, with what may be wrong about it. */
type Route = {
  path: string
  admin?: true
  /** A request that would be carried out. */
  right: (userId: string) => object
  /** Changes to it, each of which is one mistake. */
  wrong: object[]
  /** Changes to it that name what there is not, with the code of the 404. */
  missing?: [change: object, code: string][]
  /** 16,384 by default. */
  maxBytes?: number
}

const WRONG_REASONS = [
  { reason: '' },
  { reason: ' a ' },
  { reason: 'x'.repeat(501) },
  { reason: 'A gift\0' },
  { reason: ['A gift'] },
]
const WRONG_ADJUSTMENTS = [
  { userId: 'me' },
  { userId: 5 },
  { userId: undefined },
  { amount: 0 },
  { amount: 1.5 },
  { amount: '5' },
  { amount: null },
  { amount: 1e300 },
  { amount: 2 ** 53 },
  ...WRONG_REASONS,
  { creditType: 5 },
  { metadata: 'a gift' },
  { idempotencyKey: '' },
  { actorId: NOBODY },
]
const adjustment = (userId: string) => ({ userId, amount: 5, reason: 'A gift' })
const MISSING_WALLETS: Route['missing'] = [
  [{ userId: NOBODY }, 'user_not_found'],
  [{ creditType: 'gold' }, 'unknown_credit_type'],
]

/** Every route that changes something and takes JSON. */
export const ROUTES: Route[] = [
  {
    path: '/api/account/close',
    right: () => ({ confirmation: 'yes' }),
    wrong: [
      { confirmation: undefined },
      { confirmation: 5 },
      { confirmation: 'x'.repeat(321) },
      { confirmation: 'yes\0' },
      { userId: NOBODY },
    ],
  },
  {
    path: '/api/account/api-keys',
    right: () => ({ name: 'A key', scopes: ['balance:read'] }),
    wrong: [
      { name: ' ' },
      { name: 'x'.repeat(61) },
      { name: 'A\0key' },
      { scopes: [] },
      { scopes: ['tools'] },
      { scopes: 'tools:*' },
      { scopes: ['tools:*\0'] },
      { expiresAt: 'soon' },
      { allowedAddresses: ['example.com'] },
      { allowedAddresses: ['10.0.0.0/33'] },
      { allowedOrigins: ['https://example.com/'] },
      { allowedOrigins: ['javascript:alert(1)'] },
      { budgets: { perDay: 0 } },
      { budgets: { perDay: 1.5 } },
      { budgets: { perWeek: 5 } },
      { ownerId: NOBODY },
    ],
  },
  {
    path: '/api/account/api-keys/1',
    right: () => ({ action: 'revoke' }),
    wrong: [
      { action: 'delete' },
      { action: undefined },
      { action: 'rotate' },
      { action: 'rotate', overlapSeconds: -1 },
      { action: 'rotate', overlapSeconds: 604_801 },
      { action: 'set_budgets', budgets: { total: 0 } },
      { ownerId: NOBODY },
    ],
    missing: [[{}, 'api_key_not_found']],
  },
  {
    path: '/api/example-protected',
    right: () => ({ text: TEXT }),
    wrong: [
      { text: '' },
      { text: ' \n ' },
      { text: 5 },
      { text: [TEXT] },
      { text: undefined },
      { text: 'x'.repeat(20_001) },
      { text: `${TEXT}\0` },
      { text: `${TEXT}\ud800` },
      { complexity: 'free' },
      { complexity: 1 },
      { price: 0 },
      { cost: 0, userId: NOBODY },
    ],
    maxBytes: 131_072,
  },
  // #region admin
  {
    path: '/api/credits',
    admin: true,
    right: adjustment,
    wrong: [...WRONG_ADJUSTMENTS, { amount: -5 }],
    missing: MISSING_WALLETS,
  },
  {
    path: '/api/admin/users/close',
    admin: true,
    right: (userId) => ({ userId, confirmation: 'yes', reason: 'Asked by mail' }),
    wrong: [
      { userId: 'me' },
      { confirmation: 5 },
      { confirmation: undefined },
      ...WRONG_REASONS,
      { actorId: NOBODY },
    ],
    missing: [[{ userId: NOBODY }, 'user_not_found']],
  },
  {
    path: '/api/admin/credits',
    admin: true,
    right: adjustment,
    wrong: WRONG_ADJUSTMENTS,
    missing: MISSING_WALLETS,
  },
  {
    path: '/api/admin/signup-bonuses',
    admin: true,
    right: (userId) => ({ userId }),
    wrong: [{ userId: 'me' }, { userId: 5 }, { userId: undefined }, { amount: 5 }, { actorId: NOBODY }],
  },
  // #endregion
  // #region payments admin
  {
    path: '/api/admin/customers',
    admin: true,
    right: (userId) => ({ userId, email: 'new@example.com', reason: 'They moved' }),
    wrong: [
      { userId: 'me' },
      { email: 'nobody' },
      { email: undefined },
      { email: ['new@example.com'] },
      ...WRONG_REASONS,
      { customerId: 'cus_1' },
      { actorId: NOBODY },
    ],
    missing: [
      [{}, 'customer_not_found'],
      [{ userId: NOBODY }, 'user_not_found'],
    ],
  },
  {
    path: '/api/admin/packages',
    admin: true,
    right: () => ({ id: 'never-made', name: 'Never made', credits: 5, price: 500, active: false }),
    wrong: [
      { id: 'Not a slug' },
      { id: undefined },
      { name: ' ' },
      { name: 'x'.repeat(81) },
      { name: 'A\0name' },
      { credits: 0 },
      { credits: 1.5 },
      { price: 0 },
      { price: '500' },
      { price: 2 ** 53 },
      { currency: 'usd' },
      { kind: 'gift' },
      { kind: 'subscription' },
      { interval: 'month' },
      { trialDays: 7 },
      { metadata: { deep: { deeper: 1 } } },
      { metadata: [] },
      { version: 1 },
      { actorId: NOBODY },
    ],
    missing: [[{ creditType: 'gold' }, 'unknown_credit_type']],
  },
  {
    path: '/api/admin/payments/refund',
    admin: true,
    right: () => ({ paymentId: NOBODY, amount: 5, reason: 'A gift', idempotencyKey: 'a-key' }),
    wrong: [
      { paymentId: 'pay_1' },
      { paymentId: undefined },
      { amount: 0 },
      { amount: -5 },
      { amount: 1.5 },
      { amount: '5' },
      { amount: null },
      { amount: 2 ** 53 },
      ...WRONG_REASONS,
      { idempotencyKey: '' },
      { idempotencyKey: undefined },
      { currency: 'USD' },
      { actorId: NOBODY },
    ],
    missing: [[{}, 'payment_not_found']],
  },
  {
    path: '/api/admin/webhooks/replay',
    admin: true,
    right: () => ({ id: 'msg_that_never_came' }),
    wrong: [
      { id: '' },
      { id: 5 },
      { id: null },
      { id: ['msg_1'] },
      { id: 'x'.repeat(256) },
      { id: 'msg\0' },
      { payload: {} },
    ],
    missing: [[{}, 'event_not_found']],
  },
  {
    path: '/api/admin/reconcile',
    admin: true,
    right: () => ({ days: 1 }),
    wrong: [
      { days: 2 },
      { days: 0 },
      { days: -1 },
      { days: '1' },
      { days: null },
      { days: 365 },
      { since: 0 },
    ],
  },
  // #endregion
  // #region payments
  {
    path: '/api/dodopayments/checkout',
    right: () => ({ packageId: 'pro' }),
    wrong: [
      { packageId: '' },
      { packageId: ['pro'] },
      { packageId: 'x'.repeat(41) },
      { packageId: 'pro\0' },
      { packageId: undefined },
      { planId: 'pro' },
      { successUrl: 'https://evil.example/' },
      { cancelUrl: 5 },
    ],
    missing: [[{ packageId: 5 }, 'package_not_found']],
  },
  {
    path: '/api/dodopayments/fulfill',
    right: () => ({ sessionId: 'cks_of_nobody' }),
    wrong: [
      { sessionId: '' },
      { sessionId: 5 },
      { sessionId: 'x'.repeat(256) },
      { sessionId: undefined },
      { userId: NOBODY },
    ],
    missing: [[{}, 'checkout_not_found']],
  },
  {
    path: '/api/dodopayments/subscription',
    right: () => ({ action: 'cancel' }),
    wrong: [
      { action: 'delete' },
      { action: '' },
      { action: 5 },
      { action: ['cancel'] },
      { action: undefined },
      { packageId: 'pro-yearly' },
      { subscriptionId: 'sub_1' },
      { action: 'change_plan' },
      { action: 'change_plan', packageId: 5 },
      { action: 'change_plan', packageId: 'PRO' },
      { action: 'change_plan', packageId: 'pro\0' },
      { action: 'change_plan', packageId: 'pro-yearly', price: 1 },
      { action: 'resume', packageId: 'pro-yearly' },
    ],
  },
  // #endregion
]
