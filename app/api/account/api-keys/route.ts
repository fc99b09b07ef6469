import { createApiKey } from '@/lib/api-keys/create-api-key'
import { newApiKey } from '@/lib/api-keys/input'
import { refuseMethods } from '@/lib/http/refuse-methods'
import { jsonBody, userRoute } from '@/lib/http/routes'

/**
 * Makes a key of the API: `{ name, scopes, expiresAt?, allowedAddresses?, allowedOrigins?, budgets? }` → `{ id, secret }`,
 * shown once.
 */
export const POST = userRoute(jsonBody(newApiKey), ({ user, input }) => createApiKey(user, input), {
  rate: 'api_key',
})

export const { DELETE, GET, HEAD, OPTIONS, PATCH, PUT } = refuseMethods('POST')
