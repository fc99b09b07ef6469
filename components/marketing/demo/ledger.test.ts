import { describe, expect, it } from 'vitest'
import { balanceOf, post } from './ledger'

const grant = { id: 'grant', label: '', type: 'signup_bonus', amount: 3, description: 'Welcome credits' }
const charge = { id: 'charge', label: '', type: 'deduction', amount: -2, description: 'Summarize' }

describe('the demo on the landing page', () => {
  it('keeps its records like the database: each row starts where the last one ended', () => {
    const ledger = post(post([], grant), charge)
    expect(ledger.map(({ seq, amount, balanceAfter }) => [seq, amount, balanceAfter])).toEqual([
      [2, -2, 1],
      [1, 3, 3],
    ])
    expect(balanceOf(ledger)).toBe(1)
  })

  it('refuses what the balance cannot pay', () => {
    const ledger = post([], { ...grant, amount: 1 })
    expect(post(ledger, charge)).toBe(ledger)
    expect(balanceOf([])).toBe(0)
  })
})
