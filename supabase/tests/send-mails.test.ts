import { beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { runJob } from '../../lib/jobs/run-job.ts'
import { createMailbox } from '../../packages/dev-stack/mailbox/index.ts'
import { serveSmtp } from '../../packages/dev-stack/mailbox/smtp.ts'
import { openApp } from './app.ts'
import type { Engine } from './engine.ts'

const APP_URL = 'http://localhost:3000'
const mailbox = createMailbox()

let app: Engine
let userId: string
beforeAll(async () => {
  app = await openApp()
  const smtp = await serveSmtp({ port: 0, deliver: mailbox.send })
  Object.assign(process.env, { SMTP_URL: smtp.url, MAIL_FROM: 'Your app <no-reply@example.test>' })
  return async () => {
    await smtp.close()
    await app.close()
  }
})
beforeEach(async () => {
  await app.owner`delete from mails`
  userId = await app.createUser({ balance: 100 })
})

const queue = (kind: string, data: object) =>
  app.owner`select private.queue_mail(${userId}, ${kind}, ${crypto.randomUUID()}, ${app.owner.json({ ...data })})`
const rows = () => app.owner`select status, attempts, error from mails order by id`
const inbox = () => mailbox.messages().filter(({ to }) => to === `${userId}@example.com`)

/** A copy of the module as another process has it: with what the environment says now. */
async function startProcess() {
  vi.resetModules()
  return await import('../../lib/mail/send-mails.ts')
}

test('a balance that falls low is told by mail, once', async () => {
  await app.owner`update profiles set name = ${'Ada "<b>" Lovelace'} where id = ${userId}`
  await app.call('deduct_credits', { p_user_id: userId, p_amount: 85 })
  expect(await Promise.all([runJob('send-mails'), runJob('send-mails')])).toContainEqual({
    ok: true,
    sent: 1,
    failed: 0,
  })
  expect(inbox()).toMatchObject([{ subject: '15 credits left' }])
  expect(inbox()[0]?.html).toContain(`${APP_URL}/buy-credits`)
  expect([...(await rows())]).toEqual([{ status: 'sent', attempts: 1, error: null }])
  expect(await runJob('send-mails')).toEqual({ ok: true, sent: 0, failed: 0 })
})

test('a mail says times in the zone that its reader chose', async () => {
  const at = '2026-11-27T15:04:00+00:00'
  await queue('password_changed', { at })
  await runJob('send-mails')
  await app.owner`update profiles set time_zone = 'Asia/Kolkata' where id = ${userId}`
  await queue('password_changed', { at })
  await runJob('send-mails')
  const told = inbox().map(({ text }) => /changed on (.*?)\. If/.exec(text ?? '')?.[1])
  expect(told.sort()).toEqual(['Nov 27, 2026, 3:04 PM UTC', 'Nov 27, 2026, 8:34 PM GMT+5:30'])
})

test('a long queue is sent in one go', async () => {
  for (let count = 0; count < 45; count++) await queue('renewal_failed', { package_name: 'Pro' })
  expect(await runJob('send-mails')).toEqual({ ok: true, sent: 45, failed: 0 })
  expect(inbox()).toHaveLength(45)
})

test('a mail that cannot be worded keeps no other from being sent', async () => {
  vi.spyOn(process.stderr, 'write').mockReturnValue(true)
  await queue('receipt', { credits: 'many' })
  await queue('renewal_failed', { package_name: 'Pro' })
  expect(await runJob('send-mails')).toEqual({ ok: true, sent: 1, failed: 1 })
  expect([...(await rows())]).toMatchObject([
    { status: 'waiting', attempts: 1, error: expect.stringContaining('credits') },
    { status: 'sent', error: null },
  ])
})

test('without a mail server mails wait untouched; with one that is away they wait for the next attempt', async () => {
  const written = vi.spyOn(process.stderr, 'write').mockReturnValue(true)
  const { SMTP_URL } = process.env
  await queue('renewal_failed', { package_name: 'Pro' })

  delete process.env.SMTP_URL
  process.env.LOG_LEVEL = 'warn'
  const unset = await startProcess()
  for (let call = 0; call < 2; call++) {
    expect(await unset.sendDueMails()).toEqual({ ok: true, sent: 0, failed: 0 })
  }
  expect(written.mock.calls.filter(([line]) => String(line).includes('SMTP_URL is not set'))).toHaveLength(1)
  expect([...(await rows())]).toEqual([{ status: 'waiting', attempts: 0, error: null }])

  process.env.SMTP_URL = 'smtp://127.0.0.1:1'
  const away = await startProcess()
  expect(await away.sendDueMails()).toEqual({ ok: true, sent: 0, failed: 1 })
  expect([...(await rows())]).toMatchObject([
    { status: 'waiting', attempts: 1, error: expect.stringContaining('ECONNREFUSED') },
  ])

  process.env.SMTP_URL = SMTP_URL
  await app.owner`update mails set next_attempt_at = clock_timestamp()`
  const back = await startProcess()
  expect(await back.sendDueMails()).toEqual({ ok: true, sent: 1, failed: 0 })
  expect([...(await rows())]).toEqual([{ status: 'sent', attempts: 2, error: null }])
})
