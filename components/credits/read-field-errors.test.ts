import { expect, test } from 'vitest'
import { ApiCallError } from '@/lib/http/api-client'
import { readFieldErrors } from './read-field-errors'

const refusal = (fields: unknown) =>
  new ApiCallError('bad_request', 400, 'The request is not valid', { fields })

test('each field has its first fault, and a file that of its list', () => {
  const fields = [
    { path: 'title', message: 'Enter a title.' },
    { path: 'title', message: 'Too short.' },
    { path: 'images.1', message: 'Too large.' },
  ]
  expect(readFieldErrors(refusal(fields))).toEqual({ title: 'Enter a title.', images: 'Too large.' })
})

test.each([[refusal(undefined)], [refusal('title')], [new Error('x')], [null]])(
  '%s is about no field',
  (error) => {
    expect(readFieldErrors(error)).toEqual({})
  },
)
