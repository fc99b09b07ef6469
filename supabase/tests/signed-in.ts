import { UnauthorizedError } from '../../lib/http/errors.ts'

type Person = { id: string; email: string; sessionId: string }

let person: Person | null = null

/** From now on this is who is signed in; nobody with null. Next.js keeps the cookies that say so, and is not here. */
export function signInAs(next: Person | null): void {
  person = next
}

export async function requireApiUser(): Promise<Person> {
  if (!person) throw new UnauthorizedError()
  return person
}

export async function forgetSession(): Promise<void> {
  person = null
}

export const getCurrentUser = async (): Promise<Person | null> => person
