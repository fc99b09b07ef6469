import { expect, test } from 'vitest'
import { constraintToError, InsufficientCreditsError, refusalToError } from './refusals'

test('a charge the wallet cannot pay is a 402 that tells balance, price and what is missing', () => {
  const error = refusalToError({
    ok: false,
    code: 'insufficient_credits',
    message: '',
    balance: 3,
    required: 10,
    shortfall: 7,
    credit_type: 'general',
  })
  expect(error).toBeInstanceOf(InsufficientCreditsError)
  expect(error.status).toBe(402)
  const wallet = { currentBalance: 3, requiredCredits: 10, shortfall: 7, creditType: 'general' }
  expect(error.details).toEqual(wallet)
  expect(error.message).toBe('Insufficient credits')
  expect(error.sentence).toBe('This takes 10 credits and you have 3. Buy more to continue.')
})

test('of another wallet than the usual one, it says which', () => {
  const refusal = { code: 'insufficient_credits', message: '', balance: 3, required: 10 }
  const error = refusalToError({ ...refusal, credit_type: 'image_hd' })
  expect(error.message).toBe('Insufficient credits')
  expect(error.sentence).toBe('This takes 10 image hd credits and you have 3. Buy more to continue.')
})

test.each([
  ['idempotency_conflict', 409],
  ['not_refundable', 409],
  ['user_not_found', 404],
  ['forbidden', 403],
  ['invalid_amount', 400],
  ['a_code_of_tomorrow', 400],
])('%s becomes HTTP %i and keeps its sentence', (code, status) => {
  const error = refusalToError({ ok: false, code, message: 'What happened.' })
  expect(error).toMatchObject({ code, status, message: 'What happened.', details: {} })
})

test('a unique violation is told by its constraint, not taken for a used key', () => {
  const violation = (constraint: string) => ({
    code: '23505',
    message: `duplicate key value violates unique constraint "${constraint}"`,
  })
  expect(constraintToError(violation('credit_transactions_key_is_used_once'))).toMatchObject({
    code: 'idempotency_conflict',
    status: 409,
  })
  expect(constraintToError(violation('credit_transactions_seq_is_gapless'))).toBeNull()
  expect(constraintToError({ code: '23503', message: 'violates foreign key constraint' })).toBeNull()
})
