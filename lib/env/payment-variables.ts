import { z } from 'zod'
import { required, type Variables, webUrl } from './variables'

const dodoApiKey = required('checkouts are opened with it')
const dodoWebhookKey = required('deliveries from DodoPayments are verified with it').regex(
  /^(whsec_)?[A-Za-z0-9+/]+={0,2}(\s*,\s*(whsec_)?[A-Za-z0-9+/]+={0,2})?$/,
  'must be the base64 signing secret DodoPayments shows for the webhook (it usually starts with whsec_), or two of them with a comma between',
)
const stripeKey = required('checkouts are opened with it').regex(
  /^[sr]k_/,
  'must be a secret or restricted key of Stripe, which starts with sk_ or rk_',
)
const stripeSecret = required('deliveries from Stripe are verified with it').regex(
  /^whsec_[^\s,]+(\s*,\s*whsec_[^\s,]+)?$/,
  'must be the signing secret Stripe shows for the webhook (it starts with whsec_), or two of them with a comma between',
)

const provider = z.enum(['dodopayments', 'stripe'], { error: 'must be dodopayments or stripe' })

/** What each provider cannot do without, by its id; those of the first are asked for when neither is set up. */
export const PROVIDER_KEYS = {
  dodopayments: ['DODO_PAYMENTS_API_KEY', 'DODO_PAYMENTS_WEBHOOK_KEY'],
  stripe: ['STRIPE_SECRET_KEY', 'STRIPE_WEBHOOK_SECRET'],
} as const satisfies Record<string, readonly string[]>

/**
 * The payment settings that these variables have to be. One provider is enough; with the keys of both,
 * `PAYMENT_PROVIDER` says which one gets new checkouts.
 */
export function paymentSettings(given: Variables) {
  const isSet = (names: readonly string[]) => names.some((name) => given[name])
  const chosen = given.PAYMENT_PROVIDER
  const usesStripe = isSet(PROVIDER_KEYS.stripe) || chosen === 'stripe'
  const usesDodo = isSet(PROVIDER_KEYS.dodopayments) || chosen === 'dodopayments' || !usesStripe
  const ifUsed = <Schema extends z.ZodType>(used: boolean, schema: Schema) =>
    used ? schema : schema.optional()
  const choice = required(
    'the keys of DodoPayments and of Stripe are both set, and it says which one gets new checkouts',
  )
  return {
    PAYMENT_PROVIDER: usesStripe && usesDodo ? choice.pipe(provider) : provider.optional(),
    DODO_PAYMENTS_API_KEY: ifUsed(usesDodo, dodoApiKey),
    DODO_PAYMENTS_WEBHOOK_KEY: ifUsed(usesDodo, dodoWebhookKey),
    DODO_PAYMENTS_BASE_URL: webUrl.optional(),
    DODO_PAYMENTS_ENVIRONMENT: z
      .enum(['test_mode', 'live_mode'], { error: 'must be test_mode or live_mode' })
      .default('test_mode'),
    STRIPE_SECRET_KEY: ifUsed(usesStripe, stripeKey),
    STRIPE_WEBHOOK_SECRET: ifUsed(usesStripe, stripeSecret),
    STRIPE_BASE_URL: webUrl.optional(),
  }
}
