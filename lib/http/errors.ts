/**
 * An error a person may be told about: `message` is a sentence, `code` is stable for programs,
 * `status` is the HTTP status it becomes, `details` are extra fields of the JSON answer.
 */
export class AppError extends Error {
  readonly code: string
  readonly status: number
  readonly details: Record<string, unknown>

  constructor(code: string, status: number, message: string, details: Record<string, unknown> = {}) {
    super(message)
    this.name = new.target.name
    this.code = code
    this.status = status
    this.details = details
  }

  /** What people are told: the message, unless code that catches this is used to a shorter one. */
  get sentence(): string {
    return this.message
  }
}

/** 400: the request is not of the form this route takes. */
export class BadRequestError extends AppError {
  constructor(message = 'The request is not valid.', details?: Record<string, unknown>) {
    super('bad_request', 400, message, details)
  }
}

/** 401: nobody is signed in, or the session has ended. */
export class UnauthorizedError extends AppError {
  constructor(message = 'Sign in to continue.') {
    super('unauthorized', 401, message)
  }
}

/** 403: signed in, but not allowed; or a request from a foreign site. */
export class ForbiddenError extends AppError {
  constructor(message = 'You are not allowed to do this.') {
    super('forbidden', 403, message)
  }
}

/** 404: there is no such thing, or not for this person. */
export class NotFoundError extends AppError {
  constructor(message = 'There is nothing here.', code = 'not_found') {
    super(code, 404, message)
  }
}

/** 409: the request contradicts what is already there. */
export class ConflictError extends AppError {
  constructor(message: string, code = 'conflict') {
    super(code, 409, message)
  }
}

/** 413: the body is larger than the route takes. `maxBytes` is its bound. */
export class PayloadTooLargeError extends AppError {
  constructor(maxBytes: number) {
    super('payload_too_large', 413, `The request is larger than ${maxBytes} bytes.`, { maxBytes })
  }
}

/** 415: the body is not of a content type the route reads. */
export class UnsupportedMediaTypeError extends AppError {
  constructor(expected = 'application/json') {
    super('unsupported_media_type', 415, `Send the request as ${expected}.`)
  }
}

/** 503: a service we need does not answer. `retryAfterSeconds` is also the `Retry-After` header of the answer. */
export class ServiceUnavailableError extends AppError {
  constructor(message: string, retryAfterSeconds: number) {
    super('unavailable', 503, message, { retryAfterSeconds })
  }
}
