import { tellNavigationStart } from '@/lib/navigation-start'

// What `config({ jitless: true })` of zod sets, without loading it: it comes with the first page that needs it. Schemas are
// not to try whether they may write code: a policy refuses and reports it.
Object.assign(globalThis, { __zod_globalConfig: { jitless: true } })

/** Called by Next.js when a link, a button or the browser begins to lead to another page. */
export const onRouterTransitionStart = tellNavigationStart
