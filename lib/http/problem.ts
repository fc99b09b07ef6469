import 'server-only'
import { STATUS_CODES } from 'node:http'
import { z } from 'zod'
import { env } from '@/lib/env'

const refusal = z.looseObject({ error: z.string(), message: z.string() })

/** What a 402 says, in whole credits. */
const shortOfCredits = z.object({ currentBalance: z.int(), requiredCredits: z.int() })

/**
 * An error of ours as problem details (RFC 9457): `type`, `title`, `status`, `detail`, and beside them `error` and
 * `message` with their details, as everywhere here. A 402 says `balance`, `price` and where to buy. What is no error of
 * ours goes on as it is.
 */
export async function asProblem(response: Response): Promise<Response> {
  const isJson = response.headers.get('content-type')?.startsWith('application/json') ?? false
  if (response.status < 400 || !isJson) return response
  const body = refusal.safeParse(await response.json())
  const { status } = response
  const headers = new Headers(response.headers)
  headers.set('content-type', 'application/problem+json')
  headers.delete('content-length')
  if (status === 401) headers.set('www-authenticate', 'Bearer')
  const known = body.success ? body.data : { error: 'internal_error', message: 'Something went wrong.' }
  const problem = {
    type: 'about:blank',
    title: STATUS_CODES[status] ?? known.error,
    status,
    detail: known.message,
    ...known,
    ...(status === 402 && describePrice(known)),
  }
  return new Response(JSON.stringify(problem), { status, headers })
}

function describePrice(body: object) {
  const short = shortOfCredits.safeParse(body)
  if (!short.success) return {}
  return {
    balance: short.data.currentBalance,
    price: short.data.requiredCredits,
    buyUrl: `${env().APP_URL}/buy-credits`, // #only payments
  }
}
