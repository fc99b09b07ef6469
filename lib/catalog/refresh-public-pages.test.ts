import { expect, test, vi } from 'vitest'
import { logger } from '@/lib/logger'
import { refreshPublicPages } from './refresh-public-pages'

vi.mock('server-only', () => ({}))

test('a change that is saved is not a failure because pages cannot be made anew, as outside of a request', () => {
  const warn = vi.spyOn(logger, 'warn').mockImplementation(() => {})
  expect(refreshPublicPages).not.toThrow()
  expect(warn).toHaveBeenCalledOnce()
})
