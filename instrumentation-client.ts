import { config } from 'zod'

// Runs before any other code of ours. Schemas are not to try whether they may write code: a policy refuses and reports it.
config({ jitless: true })
