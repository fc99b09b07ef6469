import { json } from '../http.ts'

const UNIQUE_VIOLATION = '23505'

/** A refusal of Auth: the code is what clients branch on, the message is for people. */
export class AuthError extends Error {
  readonly status: number
  readonly code: string

  constructor(status: number, code: string, message: string) {
    super(message)
    this.status = status
    this.code = code
  }

  toResponse(): Response {
    return json(
      this.status,
      { code: this.status, error_code: this.code, msg: this.message },
      { 'x-sb-error-code': this.code },
    )
  }
}

export function invalid(message: string): AuthError {
  return new AuthError(400, 'validation_failed', message)
}

export function wrongMethod(method: string): AuthError {
  return new AuthError(405, 'method_not_allowed', `${method} is not served here`)
}

export function otpExpired(): AuthError {
  return new AuthError(403, 'otp_expired', 'Email link is invalid or has expired')
}

export function emailExists(): AuthError {
  return new AuthError(422, 'email_exists', 'A user with this email address has already been registered')
}

/** Rethrows what a statement that writes an address failed with. */
export function refuseTakenAddress(error: unknown): never {
  throw error instanceof Error && 'code' in error && error.code === UNIQUE_VIOLATION ? emailExists() : error
}
