import 'server-only'
import { createTransport } from 'nodemailer'
import { env } from '@/lib/env'

/** All of one attempt fits well into the minute for which a claimed mail is ours. */
const TIMEOUTS = {
  dnsTimeout: 5_000,
  connectionTimeout: 5_000,
  greetingTimeout: 5_000,
  socketTimeout: 10_000,
}
const CONNECTIONS = 5

/**
 * Connections to the server that SMTP_URL names, opened when the first mail is sent; `close` ends them.
 * Undefined without the setting.
 */
export function openTransport() {
  const { SMTP_URL, MAIL_FROM } = env()
  if (!SMTP_URL) return undefined
  return createTransport(
    { url: SMTP_URL, pool: true, maxConnections: CONNECTIONS, ...TIMEOUTS },
    { from: MAIL_FROM },
  )
}

export type MailTransport = NonNullable<ReturnType<typeof openTransport>>
