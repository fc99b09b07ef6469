import { env } from '@/lib/env'
import { PUBLIC_ENV_ID, serializePublicEnv } from '@/lib/env/public-env'

/** Hands the browser its environment at request time, so that one build runs anywhere. Belongs in layouts of pages that talk to Supabase. */
export function PublicEnv() {
  const { NEXT_PUBLIC_SUPABASE_URL, NEXT_PUBLIC_SUPABASE_PUBLISHABLE_KEY, LIVE_MODE } = env()
  const json = serializePublicEnv({
    supabaseUrl: NEXT_PUBLIC_SUPABASE_URL,
    supabasePublishableKey: NEXT_PUBLIC_SUPABASE_PUBLISHABLE_KEY,
    liveMode: LIVE_MODE,
  })
  return (
    // biome-ignore lint/security/noDangerouslySetInnerHtml: React would escape the quotes of JSON; `<` is escaped above.
    <script id={PUBLIC_ENV_ID} type="application/json" dangerouslySetInnerHTML={{ __html: json }} />
  )
}
