import 'server-only'
import { env } from '@/lib/env'

export const PROVIDERS = ['github', 'google'] as const
export type Provider = (typeof PROVIDERS)[number]

/** The providers whose buttons are shown: those switched on in the environment. */
export function enabledProviders(): Provider[] {
  const enabled = { github: env().AUTH_GITHUB_ENABLED, google: env().AUTH_GOOGLE_ENABLED }
  return PROVIDERS.filter((provider) => enabled[provider])
}
