import { expect } from '@playwright/test'
import type { ApiAnswer } from './call-api.ts'

const INSIDES = /node_modules|\.tsx?:\d|postgres|select |plpgsql|stack/i

/** An answer for programs and for people, and nothing of our insides. */
export function expectRefusal(answer: ApiAnswer, status: number, error: string, what: string): void {
  expect(answer, what).toMatchObject({
    status,
    body: { error, message: expect.stringMatching(/^[A-Z“].+/s) },
  })
  expect(answer.headers['content-type'], what).toContain('application/json')
  expect(answer.headers['cache-control'], what).toContain('no-store')
  expect(JSON.stringify(answer.body), what).not.toMatch(INSIDES)
}
