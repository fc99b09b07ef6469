import { describe, expect, test } from 'vitest'
import { hashRequest } from './hash-request'

const hash = (input: unknown, toolId = 'tool') => hashRequest(toolId, input)
const file = (text: string, name = 'a.png') => new File([text], name)

describe('two requests are the same', () => {
  test.each([
    ['with their fields in another order', { a: 1, b: { c: 2, d: 3 } }, { b: { d: 3, c: 2 }, a: 1 }],
    ['with a file of another name but the same bytes', { image: file('x', 'a') }, { image: file('x', 'b') }],
  ])('%s', async (_, one, other) => {
    expect(await hash(one)).toBe(await hash(other))
  })
})

describe('two requests differ', () => {
  test.each([
    ['in a value', { a: 1 }, { a: 2 }],
    ['in a type', { a: 1 }, { a: '1' }],
    ['in a byte of a file', { image: file('x') }, { image: file('y') }],
    ['in where one file ends and the next begins', [file('ab'), file('c')], [file('a'), file('bc')]],
    ['in the order of a list', { a: ['x', 'y'] }, { a: ['y', 'x'] }],
    ['in what is nested in what', { a: { b: 1 }, c: 2 }, { a: { b: 1, c: 2 } }],
    ['in a name that looks like a value', { a: 'b', c: 1 }, { 'a:b': 1 }],
    ['in something empty', { a: [] }, { a: null }],
    ['in a date', { at: new Date(0) }, { at: new Date(1) }],
    ['in a large number', { a: 1n }, { a: 2n }],
  ])('%s', async (_, one, other) => {
    expect(await hash(one)).not.toBe(await hash(other))
  })

  test('in the tool', async () => {
    expect(await hash({ a: 1 }, 'one')).not.toBe(await hash({ a: 1 }, 'other'))
  })
})
