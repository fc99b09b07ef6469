import { describe, expect, test } from 'vitest'
import { describeDevice } from './describe-device.ts'

describe('a device', () => {
  test.each([
    [
      'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36',
      'Chrome on macOS',
    ],
    [
      'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0',
      'Firefox on Windows',
    ],
    [
      'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1',
      'Safari on iOS',
    ],
  ])('is told by its browser and system: %s', (userAgent, words) => {
    expect(describeDevice(userAgent)).toBe(words)
  })

  test.each([null, '', '<script>', 'x'.repeat(4000)])(
    'that says nothing known is unknown: %#',
    (userAgent) => {
      expect(describeDevice(userAgent)).toBe('Unknown device')
    },
  )
})
