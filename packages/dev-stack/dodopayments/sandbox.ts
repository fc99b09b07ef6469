import type { Store } from './store.ts'
import type { SandboxOptions } from './types.ts'
import type { Webhooks } from './webhooks.ts'

/** What every part of the sandbox works with. */
export type Sandbox = { options: SandboxOptions; store: Store; webhooks: Webhooks; url(): string }
