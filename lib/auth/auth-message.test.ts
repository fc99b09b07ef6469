import { AuthApiError, AuthRetryableFetchError } from '@supabase/supabase-js'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { logger } from '@/lib/logger'
import { authMessage, wasJustMailed } from './auth-message'

beforeEach(() => {
  vi.spyOn(logger, 'error').mockImplementation(() => {})
})

describe('authMessage', () => {
  it.each([
    [new AuthApiError('x', 400, 'invalid_credentials'), /not right/],
    [new AuthApiError('x', 400, 'email_not_confirmed'), /Confirm your e-mail/],
    [new AuthApiError('x', 429, 'over_request_rate_limit'), /Wait a minute/],
    [new AuthApiError('x', 429, undefined), /Wait a minute/],
    [new AuthApiError('email rate limit exceeded', 429, 'over_email_send_rate_limit'), /Wait a few minutes/],
    [new AuthRetryableFetchError('fetch failed', 0), /did not answer/],
    [new AuthApiError('relation "users" does not exist', 500, 'unexpected_failure'), /failed on our side/],
  ])('puts %s into words', (error, sentence) => {
    expect(authMessage(error)).toMatch(sentence)
  })

  it('never shows the words of the service itself', () => {
    const error = new AuthApiError('relation "users" does not exist', 500, 'unexpected_failure')
    expect(authMessage(error)).not.toContain('relation')
    expect(logger.error).toHaveBeenCalledOnce()
  })
})

it('tells a mail sent a moment ago from a used-up allowance', () => {
  const recent = 'For security purposes, you can only request this after 42 seconds.'
  expect(wasJustMailed(new AuthApiError(recent, 429, 'over_email_send_rate_limit'))).toBe(true)
  const used = 'email rate limit exceeded'
  expect(wasJustMailed(new AuthApiError(used, 429, 'over_email_send_rate_limit'))).toBe(false)
})
