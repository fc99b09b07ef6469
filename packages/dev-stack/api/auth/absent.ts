import { AuthError } from './auth-error.ts'

/** What hosted Auth serves and this one does not, by path. */
const FEATURES: readonly (readonly [RegExp, string])[] = [
  [/^(\/admin\/users\/[^/]+)?\/factors(\/|$)/, 'Multi-factor authentication'],
  [/^(\/admin\/users\/[^/]+)?\/passkeys(\/|$)/, 'Signing in with passkeys'],
  [/^(\/admin)?\/sso(\/|$)/, 'Single sign-on'],
  [/^\/scim(\/|$)/, 'Provisioning of users (SCIM)'],
  [/^(\/admin|\/user)?\/oauth(\/|$)|^\/\.well-known\/oauth/, 'The OAuth server'],
  [/^\/user\/identities(\/|$)/, 'Linking of identities'],
  [/^\/admin\/custom-providers(\/|$)/, 'A custom provider'],
  [/^\/admin\/audit(\/|$)/, 'The audit log of Auth'],
  [/^\/reauthenticate$/, 'Reauthentication'],
]

/** The refusal of a feature that only hosted Auth has. Not 501: clients ask again after any 5xx. */
export function notEmbedded(feature: string): AuthError {
  return new AuthError(422, 'feature_not_embedded', `${feature} is not in the embedded stack.`)
}

/** The refusal of a path that nobody here serves. */
export function refusePath(path: string): AuthError {
  const feature = FEATURES.find(([pattern]) => pattern.test(path))?.[1]
  return notEmbedded(feature ?? `The path ${path} of Auth`)
}

/** @throws AuthError when a request is about a phone number */
export function refusePhone({ phone }: { phone?: unknown }): void {
  if (phone) throw notEmbedded('Signing in with a phone number')
}
