import { expect, it } from 'vitest'
import { highlight } from './highlight'

const code = "import { z } from 'zod' // const\nexport const limit = 20_000\n"

it('loses nothing of the code', () => {
  expect(
    highlight(code)
      .map(({ text }) => text)
      .join(''),
  ).toBe(code)
})

it('takes no address for a comment', () => {
  expect(highlight('curl https://example.test/a').map(({ kind }) => kind)).toEqual(['plain'])
})

it('tells keywords, strings, numbers and comments apart', () => {
  const kinds = highlight(code)
    .filter(({ kind }) => kind !== 'plain')
    .map(({ kind, text }) => [kind, text])
  expect(kinds).toEqual([
    ['keyword', 'import'],
    ['keyword', 'from'],
    ['string', "'zod'"],
    ['comment', '// const'],
    ['keyword', 'export'],
    ['keyword', 'const'],
    ['number', '20_000'],
  ])
})
