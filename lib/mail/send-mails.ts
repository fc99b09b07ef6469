import 'server-only'
import { z } from 'zod'
import type { CreditType } from '@/lib/credit-type'
import { readCreditTypes } from '@/lib/credits/credit-types'
import { env } from '@/lib/env'
import { logger } from '@/lib/logger'
import { sellerOf } from '@/lib/payments' // #only payments
import { createAdminClient } from '@/lib/supabase/admin'
import { callFunction, readFunction } from '@/lib/supabase/call-function'
import type { Database } from '@/lib/supabase/database.types'
import { renderMail } from './render'
import { type MailTransport, openTransport } from './transport'

type ClaimedMail = Database['public']['Functions']['claim_mails']['Returns'][number]

const BATCH = 20

let warned = false

/**
 * Sends the mails of the outbox that are due. What cannot be sent waits for its next attempt; without SMTP_URL all wait.
 * Several may run at once. A mail is sent again only if its sender died before it could say that it was sent, and then
 * under the same Message-ID.
 */
export async function sendDueMails(): Promise<{ ok: true; sent: number; failed: number }> {
  const transport = openTransport()
  const counts = { ok: true as const, sent: 0, failed: 0 }
  if (!transport) {
    if (!warned) logger.warn('SMTP_URL is not set: receipts and notices wait in public.mails')
    warned = true
    return counts
  }
  try {
    const types = await readCreditTypes(createAdminClient())
    for (;;) {
      const mails = await claimMails()
      const sent = await Promise.all(mails.map((mail) => deliver(transport, mail, types)))
      const succeeded = sent.filter(Boolean).length
      counts.sent += succeeded
      counts.failed += mails.length - succeeded
      // The rest of a long queue is spared when nothing gets through.
      if (mails.length < BATCH || succeeded === 0) return counts
    }
  } finally {
    transport.close()
  }
}

async function claimMails(): Promise<ClaimedMail[]> {
  return readFunction('claim_mails', { p_limit: BATCH })
}

/** Whether it was sent. */
async function deliver(
  transport: MailTransport,
  mail: ClaimedMail,
  types: readonly CreditType[],
): Promise<boolean> {
  const problem = await send(transport, mail, types)
  // A mail whose end could not be recorded is due again later; the log has the reason.
  await callFunction('finish_mail', { p_id: mail.id, p_error: problem }, z.unknown()).catch(() => undefined)
  return problem === undefined
}

/** Why the mail could not be sent; undefined when it was. */
async function send(
  transport: MailTransport,
  { id, kind, data, email, name, time_zone: timeZone }: ClaimedMail,
  types: readonly CreditType[],
) {
  const appUrl = env().APP_URL
  try {
    await transport.sendMail({
      to: { name, address: email },
      messageId: `<mail-${id}@${new URL(appUrl).hostname}>`,
      ...renderMail(
        { kind, data },
        {
          recipient: email,
          timeZone,
          appUrl,
          types,
          sellerOf, // #only payments
        },
      ),
    })
    return undefined
  } catch (error) {
    logger.error('a mail could not be sent', { id, kind, error })
    return error instanceof Error ? error.message : String(error)
  }
}
