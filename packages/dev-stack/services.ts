// What the stack is made of besides Postgres. Loading it takes about as long as Postgres takes to start, so
// `stack.ts` loads it meanwhile.
export { databaseGone } from './api/http.ts'
export { createTokens, prepareAuthSchema, startApi } from './api/index.ts'
export { startDodoSandbox } from './dodopayments/index.ts'
export { createMailbox } from './mailbox/index.ts'
export { serveSmtp } from './mailbox/smtp.ts'
export { startRealtime } from './realtime/index.ts'
