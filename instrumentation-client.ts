import { config } from 'zod'
import { tellNavigationStart } from '@/lib/navigation-start'

// Runs before any other code of ours. Schemas are not to try whether they may write code: a policy refuses and reports it.
config({ jitless: true })

/** Called by Next.js when a link, a button or the browser begins to lead to another page. */
export const onRouterTransitionStart = tellNavigationStart
