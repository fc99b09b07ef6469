import type { LiveMode } from './live-mode'

/** What the browser has to know, and nothing else. */
export type PublicEnvironment = { supabaseUrl: string; supabasePublishableKey: string; liveMode: LiveMode }

export const PUBLIC_ENV_ID = 'public-env'

/** JSON that is safe inside a `<script>` element. */
export function serializePublicEnv(values: PublicEnvironment): string {
  return JSON.stringify(values).replaceAll('<', '\\u003c')
}

let values: PublicEnvironment | undefined

/** Reads, in the browser, what `PublicEnv` wrote into the page. Throws when the element is missing. */
export function publicEnv(): PublicEnvironment {
  if (values) return values
  const element = document.getElementById(PUBLIC_ENV_ID)
  if (!element?.textContent) throw new Error('The page carries no public environment.')
  const read: PublicEnvironment = JSON.parse(element.textContent)
  values = read
  return read
}
