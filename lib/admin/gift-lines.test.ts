import { describe, expect, it, test } from 'vitest'
import { MAX_GIFT_ROWS, parseGiftLines } from './gift-lines'

const ID = '00000000-0000-4000-8000-000000000001'

test('lines are read as a spreadsheet writes them', () => {
  const text = `User,Credits\r\nann@example.com,5\r\n"ben@example.com";7\n${ID}\t9\n\ncara@example.com`
  expect(parseGiftLines(text, 2)).toEqual({
    ok: true,
    rows: [
      { user: 'ann@example.com', amount: 5 },
      { user: 'ben@example.com', amount: 7 },
      { user: ID, amount: 9 },
      { user: 'cara@example.com', amount: 2 },
    ],
  })
})

describe('a mistake is told by its line', () => {
  it.each([
    ['ann@example.com', 'Line 1 needs a whole number of credits.'],
    ['ann@example.com,5\nben@example.com,1.5', 'Line 2 needs a whole number of credits.'],
    ['ann@example.com,-5', 'Line 1 needs a whole number of credits.'],
    ['ann@example.com,1e30', 'Line 1 needs a whole number of credits.'],
    ['ann@example.com,5\nBen,5', 'Line 2 begins with no e-mail address or ID.'],
    ['User,Credits', 'There is no line with a user.'],
    ['', 'There is no line with a user.'],
    ['a@b,1\n'.repeat(MAX_GIFT_ROWS + 1), 'At most 5000 lines at once.'],
  ])('%#', (text, mistake) => {
    expect(parseGiftLines(text, null)).toEqual({ ok: false, mistake })
  })
})
