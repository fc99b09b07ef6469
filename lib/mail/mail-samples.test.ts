import { expect, it } from 'vitest'
import { choiceOf, MAIL_CHOICES, mailChoice } from './mail-choices'
import { mailData } from './mail-data'
import { MAIL_SAMPLES } from './mail-samples'
import { renderMail } from './render'

const DELIVERY = { recipient: 'ada@example.com', appUrl: 'https://balance.app', types: [] }
const HOSTILE = `<img src=x onerror="alert(1)">'&[[footer]]`
const SETTING = 'https://balance.app/settings#mails'

/** The same data with every name and address of somebody's choice made hostile. */
function makeHostile(data: object): object {
  const names = ['package_name', 'from_name', 'scheduled_name', 'key_name', 'payment_id', 'from', 'to']
  return Object.fromEntries(
    Object.entries(data).map(([name, value]) => [
      name,
      names.includes(name) && value !== undefined ? HOSTILE : value,
    ]),
  )
}

it('there is a sample of every kind of mail', () => {
  const kinds = mailData.options.map(({ shape }) => shape.kind.value)
  expect([...new Set(MAIL_SAMPLES.map(({ kind }) => kind))].sort()).toEqual(kinds.sort())
})

it.each(MAIL_SAMPLES)('$title reads well as HTML and as text', (sample) => {
  const { subject, html, text } = renderMail(sample, DELIVERY)
  for (const form of [subject, html, text]) {
    expect(form).not.toMatch(/undefined|null|NaN|Invalid|\[object|\[\[/)
  }
  expect(subject.length).toBeLessThan(70)
  expect(text).toContain('Sent to ada@example.com')
  expect(text).not.toMatch(/<\/?\w/)
  expect(html).toContain('<!doctype html>')
  // A time without its zone is nobody's time.
  expect(text).not.toMatch(/\d:\d\d [AP]M(?! UTC)/)
  const abroad = renderMail(sample, { ...DELIVERY, timeZone: 'Asia/Kolkata' }).text
  expect(abroad).not.toMatch(/\d:\d\d [AP]M(?! GMT\+5:30)/)
  expect(html).not.toMatch(/<img|<script|<link|src=/)
})

it.each(MAIL_SAMPLES)('$title lets no name smuggle markup into it', (sample) => {
  const { html } = renderMail({ kind: sample.kind, data: makeHostile(sample.data) }, DELIVERY)
  expect(html).not.toMatch(/<img|<script/)
})

it.each(MAIL_SAMPLES)('$title ends with the way to switch it off, exactly if there is one', (sample) => {
  const { html, text } = renderMail(sample, DELIVERY)
  const shown = choiceOf(sample.kind) !== null
  expect(html.includes(SETTING)).toBe(shown)
  expect(text.includes(`${SETTING}\n\nSent to`)).toBe(shown)
})

it('what settings offer is all that can be switched off, and neither money nor the account', () => {
  expect(mailChoice.options).toEqual(expect.arrayContaining(MAIL_CHOICES.map(({ id }) => id)))
  const optional = MAIL_SAMPLES.filter(({ kind }) => choiceOf(kind)).map(({ kind }) => kind)
  expect([...new Set(optional)].sort()).toEqual(['expiring_credits', 'key_budget', 'low_balance', 'welcome'])
})
