import { expect, test } from 'vitest'
import { capitalize, listInWords } from './text'

test.each([
  ['past due', 'Past due'],
  ['Éclair', 'Éclair'],
  ['', ''],
])('%j begins with a capital as %j', (text, capital) => {
  expect(capitalize(text)).toBe(capital)
})

test('names are listed as a sentence does', () => {
  expect(listInWords([])).toBe('')
  expect(listInWords(['a'])).toBe('a')
  expect(listInWords(['a', 'b', 'c'])).toBe('a, b, and c')
  expect(listInWords(['a', 'b'], 'disjunction')).toBe('a or b')
})
