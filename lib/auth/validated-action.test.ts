import { describe, expect, it, vi } from 'vitest'
import { z } from 'zod'
import { emailField, passwordField } from './fields'
import { validatedAction } from './validated-action'

const schema = z.object({ email: emailField, password: passwordField })

function form(fields: Record<string, string | File>) {
  const data = new FormData()
  for (const [name, value] of Object.entries(fields)) data.set(name, value)
  return data
}

describe('validatedAction', () => {
  it('hands the cleaned input on and keeps what was typed, except the password', async () => {
    const act = vi.fn(async () => ({ message: 'Done.' }))
    const data = form({ email: ' Ada@Example.com ', password: 'long enough', $ACTION_REF_1: '' })
    const state = await validatedAction(schema, act)({}, data)
    expect(act).toHaveBeenCalledExactlyOnceWith({ email: 'ada@example.com', password: 'long enough' })
    expect(state).toEqual({ message: 'Done.', values: { email: ' Ada@Example.com ' } })
  })

  it('says in one sentence per field what is wrong, and does not act', async () => {
    const act = vi.fn(async () => ({}))
    const state = await validatedAction(schema, act)({}, form({ email: 'ada', password: 'short' }))
    expect(act).not.toHaveBeenCalled()
    expect(state).toEqual({
      errors: {
        email: 'Enter an e-mail address like name@example.com.',
        password: 'Use at least 8 characters.',
      },
      values: { email: 'ada' },
    })
  })

  it('counts the bytes of a password, and says so', async () => {
    const check = (password: string) =>
      validatedAction(schema, async () => ({}))({}, form({ email: 'ada@example.com', password }))
    expect((await check('ä'.repeat(36))).errors).toBeUndefined()
    expect((await check('ä'.repeat(37))).errors?.password).toMatch(
      /^Use at most 72 bytes: .+accented letter two/,
    )
  })

  it.each([
    ['nothing', {}],
    ['a file', { email: new File(['x'], 'x.txt'), password: 'long enough' }],
    ['a far too long password', { email: 'ada@example.com', password: 'x'.repeat(73) }],
    ['a far too long address', { email: `${'x'.repeat(300)}@example.com`, password: 'long enough' }],
  ])('refuses %s in a sentence', async (_what, fields) => {
    const act = vi.fn(async () => ({}))
    const state = await validatedAction(schema, act)({}, form(fields))
    expect(act).not.toHaveBeenCalled()
    for (const sentence of Object.values(state.errors ?? {})) expect(sentence).toMatch(/^[A-Z].+\.$/)
    expect(state.errors).not.toEqual({})
  })
})
