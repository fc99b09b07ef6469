import { after } from 'next/server'
import { z } from 'zod'
import { refuseMethods } from '@/lib/http/refuse-methods'
import { adminRoute, jsonBody } from '@/lib/http/routes'
import { sendDueMails } from '@/lib/mail/send-mails'
import { type ReplayOutcome, replayEvent } from '@/lib/payments/events/replay-event'

const replay = z.strictObject({ id: z.string().min(1, 'Choose an event.').max(255) })

const MESSAGES: Record<ReplayOutcome, string> = {
  applied: 'It was applied. What it says counts from now on.',
  known: 'What it says was known already. Nothing was changed.',
  duplicate: 'It had been applied before. Nothing was changed.',
  ignored: 'There is nothing to do about it. Nothing was changed.',
  reviewed: 'Its period still overlaps one that was granted, so it granted nothing. Its review is closed.',
}

/** Admins replay a payment event: `{ id }`. Answers `{ outcome, message }`. */
export const POST = adminRoute(jsonBody(replay), async ({ admin, input: { id } }) => {
  const outcome = await replayEvent(id, admin.id)
  // Its mails are sent at once; one that fails here is the scheduler's.
  if (outcome === 'applied') after(sendDueMails)
  return { outcome, message: MESSAGES[outcome] }
})

export const { DELETE, GET, HEAD, OPTIONS, PATCH, PUT } = refuseMethods('POST')
