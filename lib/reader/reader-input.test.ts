import { describe, expect, it, test } from 'vitest'
import { chooseReader, parseLocale, parseTimeZone } from './reader-input'

describe('a zone', () => {
  it.each(['Asia/Kolkata', 'Europe/Berlin', 'UTC'])('%s is known', (name) => {
    expect(parseTimeZone(name)).toBe(name)
  })

  it.each([null, undefined, '', 'Mars/Olympus', '<script>', `Europe/${'x'.repeat(10_000)}`])(
    '%s is none',
    (name) => {
      expect(parseTimeZone(name)).toBeNull()
    },
  )
})

describe('the language of numbers', () => {
  it.each([
    ['de-DE,de;q=0.9,en;q=0.8', 'de-DE'],
    ['xx-nonsense!,fr;q=0.5', 'fr'],
    ['*', 'en-US'],
    ['', 'en-US'],
    [null, 'en-US'],
    [','.repeat(100_000), 'en-US'],
  ])('of %s is %s', (header, locale) => {
    expect(parseLocale(header)).toBe(locale)
  })
})

test('who chose a zone reads in it, wherever the browser is', () => {
  const said = { browserZone: 'Asia/Kolkata', acceptLanguage: 'en-GB' }
  expect(chooseReader({ ...said, chosenZone: 'Europe/Berlin' })).toEqual({
    locale: 'en-GB',
    timeZone: 'Europe/Berlin',
  })
  expect(chooseReader({ ...said, chosenZone: null }).timeZone).toBe('Asia/Kolkata')
  expect(chooseReader({ ...said, chosenZone: 'Mars/Olympus' }).timeZone).toBe('Asia/Kolkata')
})
