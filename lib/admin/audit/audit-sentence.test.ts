import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, test } from 'vitest'
import { nameUnit } from '@/lib/credit-type'
import { createFormat, EVERYBODY } from '@/lib/format'
import { auditSentence, TELLINGS } from './audit-sentence'
import { describeDetails } from './describe-details'
import type { AuditNote } from './words'

const SCHEMAS = join(import.meta.dirname, '../../../supabase/schemas')
const writer = { format: createFormat(EVERYBODY), unitOf: nameUnit }

/** Every action that the database may note: in a constant, in a refusal, in a row, or as the type of a ledger row. */
function listActions(): string[] {
  const sql = readdirSync(SCHEMAS)
    .map((name) => readFileSync(join(SCHEMAS, name), 'utf8'))
    .join('\n')
  const action = String.raw`'([a-z_]+\.[a-z_]+)'`
  const places = [
    `audit_action constant text := ${action}`,
    String.raw`(?:private\.refuse\w*|private\.open_wallet)\((?:[^;]{0,60}?)?${action}`,
    String.raw`insert into public\.audit_logs[^;]{0,200}?${action}`,
  ]
  const named = places.flatMap((place) =>
    [...sql.matchAll(new RegExp(place, 'g'))].map(([, name = '']) => name),
  )
  const [, entry = ''] = /function private\.is_valid_entry([\s\S]*?)\$\$;/.exec(sql) ?? []
  const types = [...entry.matchAll(/(?:when |type = )'([a-z_]+)'/g)].map(([, type]) => `credits.${type}`)
  return [...new Set([...named, ...types])]
}

test('every audited action has a sentence', () => {
  const actions = listActions()
  // The search is worth nothing when it finds little.
  expect(actions.length).toBeGreaterThan(50)
  expect(actions).toEqual(
    expect.arrayContaining(['credits.deduction', 'event.replay', 'role.take', 'event.store']),
  )
  expect(actions.filter((action) => !Object.hasOwn(TELLINGS, action))).toEqual([])
})

test('no sentence is left of an action that is gone', () => {
  expect(Object.keys(TELLINGS).filter((action) => !listActions().includes(action))).toEqual([])
})

test('the details of an entry say all that was noted, money as such', () => {
  const details = { amount: 500, currency: 'USD', payment_id: 'p1', given: { deep: true }, nothing: null }
  expect(describeDetails(note({ action: 'payment.refund', details }), writer)).toEqual([
    ['Action', 'payment.refund'],
    ['Amount', '$5.00'],
    ['Payment id', 'p1'],
    ['Given', '{"deep":true}'],
  ])
})

const note = (more: Partial<AuditNote>): AuditNote => ({
  action: 'credits.adjust',
  outcome: 'success',
  actor: 'anna@example.com',
  target: 'ben@example.com',
  reason: 'goodwill',
  details: { amount: 500, credit_type: 'general' },
  ...more,
})

describe('an entry', () => {
  it.each<[string, Partial<AuditNote>]>([
    ['anna@example.com added 500 credits to the balance of ben@example.com: goodwill', {}],
    [
      'anna@example.com could not remove 1 credit from the balance of ben@example.com: The balance is 0.',
      {
        outcome: 'failure',
        reason: 'The balance is 0.',
        details: { requested_amount: -1, credit_type: 'general' },
      },
    ],
    [
      'anna@example.com gave 2 video credits to ben@example.com, until Jan 2, 2027: goodwill',
      {
        action: 'credits.give',
        details: { amount: 2, credit_type: 'video', expires_at: '2027-01-02T00:00:00Z' },
      },
    ],
    [
      'ben@example.com spent 3 credits: Short summary',
      {
        action: 'credits.deduction',
        actor: null,
        reason: 'Short summary',
        details: { amount: -3, credit_type: 'general' },
      },
    ],
    [
      'ben@example.com got 3 credits back',
      { action: 'credits.refund', actor: null, reason: null, details: { amount: 3, credit_type: 'general' } },
    ],
    [
      'anna@example.com refunded $9.99 to ben@example.com: goodwill',
      { action: 'payment.refund', details: { amount: 999, currency: 'USD' } },
    ],
    [
      'ben@example.com closed their own account',
      { action: 'account.close', actor: 'ben@example.com', reason: null, details: {} },
    ],
    [
      'anna@example.com switched the tool ask-ai off: Back at noon',
      {
        action: 'tool.switch',
        target: null,
        reason: 'Back at noon',
        details: { tool: 'ask-ai', is_off: true },
      },
    ],
    [
      'The system could not store a payment event',
      { action: 'event.store', outcome: 'failure', actor: null, target: null, reason: null },
    ],
  ])('reads: %s', (sentence, more) => {
    expect(auditSentence(note(more), writer)).toBe(sentence)
  })

  it.each(Object.keys(TELLINGS))('of %s never says undefined or null, however little is known', (action) => {
    for (const outcome of ['success', 'failure'] as const) {
      const bare = { action, outcome, actor: null, target: null, reason: null, details: {} }
      expect(auditSentence(bare, writer)).not.toMatch(/undefined|null|NaN|\[object/)
    }
  })

  it('of an action that nobody has heard of is told by its name', () => {
    expect(auditSentence(note({ action: 'moon.land', reason: null }), writer)).toBe(
      'anna@example.com did moon.land',
    )
  })
})
