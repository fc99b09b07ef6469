import { AppError } from '@/lib/http/errors'
import { RETRY_AFTER_SECONDS } from './limits'

/** 503: others keep the server busy. `retryAfterSeconds` is also the `Retry-After` header of the answer. */
export class ServerBusyError extends AppError {
  constructor() {
    super('server_busy', 503, `The server is busy. Try again in ${RETRY_AFTER_SECONDS} seconds.`, {
      retryAfterSeconds: RETRY_AFTER_SECONDS,
    })
  }
}

const SENTENCES = {
  time: 'This takes too long.',
  memory: 'This takes too much memory.',
  output: 'The result is too large.',
}

export type WorkLimit = keyof typeof SENTENCES

/** 413: a run went over what its task may use, and was ended. `limit` says what of. */
export class WorkTooLargeError extends AppError {
  constructor(limit: WorkLimit) {
    super('work_too_large', 413, SENTENCES[limit], { limit })
  }
}
