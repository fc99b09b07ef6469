import { expect, test } from 'vitest'
import { sessionCookieName } from './session-cookie-name'

test('the cookie has the port in its name, as two projects on one machine would share one without', () => {
  expect(sessionCookieName('http://127.0.0.1:54321')).toBe('sb-127-54321-auth-token')
  expect(sessionCookieName('https://project.supabase.co')).toBe('sb-project-auth-token')
})
