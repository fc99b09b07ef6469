import { PROVIDER_KEYS } from '@/lib/env/payment-variables'
import type { Variables } from '@/lib/env/variables'

const KEYS: Record<string, readonly string[]> = PROVIDER_KEYS

/** Whether everything is set that a provider needs. */
export function hasKeys(provider: string, variables: Variables): boolean {
  const keys = KEYS[provider] ?? []
  return keys.length > 0 && keys.every((key) => variables[key]?.trim())
}

/**
 * The one that `PAYMENT_PROVIDER` names, or the first that has keys; undefined when there is none. That both have keys
 * and nobody chose is refused at the start (`lib/env`).
 */
export function chooseProvider<Provider extends { id: string }>(
  providers: readonly Provider[],
  variables: Variables,
): Provider | undefined {
  const chosen = variables.PAYMENT_PROVIDER?.trim()
  return chosen
    ? providers.find(({ id }) => id === chosen)
    : providers.find(({ id }) => hasKeys(id, variables))
}
