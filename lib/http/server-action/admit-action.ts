import 'server-only'
import { assertSameOrigin } from '@/lib/auth/origin'
import { assertOutsideView } from '../assert-outside-view'
import { errorResponse } from '../error-response'
import { AppError, BadRequestError } from '../errors'
import { readText } from '../read-body'
import { readForm } from '../read-form'
import { checkActionArguments, parseRow } from './check-arguments'

/** As much as Next.js itself reads by default (`serverActions.bodySizeLimit`). */
const MAX_BYTES = 1_048_576

/** The rows of a form that calls a server action without scripts, as in `$ACTION_1:0`. */
const BOUND_ROW = /^(\$ACTION_\d+:)\d+$/

/**
 * Looks at what may be a call of a server action before Next.js does, which would answer with a 500 what is only a bad
 * request. A call from a page of ours gets the host that Next.js compares with its origin: a proxy may have rewritten it,
 * and the origins that the configuration allows are fixed by the build.
 * @returns the refusal; null for everything else
 */
export async function admitAction(request: Request): Promise<Response | null> {
  const isForm = /^multipart\/form-data\b/i.test(request.headers.get('content-type') ?? '')
  const isCall = request.headers.has('next-action')
  if (request.method !== 'POST' || !(isForm || isCall)) return null
  try {
    assertSameOrigin(request)
    assertOutsideView(request) // #only admin
    await (isForm ? checkForm(request, isCall) : checkText(request))
  } catch (error) {
    if (error instanceof AppError) return errorResponse(error)
    throw error
  }
  const origin = request.headers.get('origin')
  if (origin !== null) request.headers.set('x-forwarded-host', new URL(origin).host)
  return null
}

async function checkText(request: Request): Promise<void> {
  const text = await readText(request, MAX_BYTES)
  if (!Array.isArray(parseRow(text))) throw new BadRequestError('The arguments of this call are no list.')
  checkActionArguments({ 0: text })
}

async function checkForm(request: Request, isCall: boolean): Promise<void> {
  const parts = await readForm(request, MAX_BYTES)
  if (isCall) return checkActionArguments(parts)
  const prefixes = Object.keys(parts).flatMap((name) => BOUND_ROW.exec(name)?.[1] ?? [])
  for (const prefix of new Set(prefixes)) checkActionArguments(parts, prefix)
}
