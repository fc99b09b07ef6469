import { expect, test } from 'vitest'
import { findUnstorable, isStorable } from './postgres-text'

test.each(['', 'plain', 'ümläut', '👍', '\u0001', '\ufffd', '\\u0000'])('%j can be kept', (text) => {
  expect(isStorable(text)).toBe(true)
})

test.each(['\0', 'a\0b', '\ud83d', '\udc4d\ud83d', 'x\ud800y'])('%j cannot be kept', (text) => {
  expect(isStorable(text)).toBe(false)
})

test('the text that cannot be kept is found wherever it is', () => {
  expect(findUnstorable({ a: 1, b: ['x', { c: 'y' }], d: null, e: undefined, f: true })).toBeNull()
  expect(findUnstorable('\0')).toBe('')
  expect(findUnstorable({ a: 'x', b: ['x', { c: '\0' }] })).toBe('b.1.c')
  expect(findUnstorable({ files: [new File([], 'a.png'), new File([], '\0.png')] })).toBe('files.1')
})
