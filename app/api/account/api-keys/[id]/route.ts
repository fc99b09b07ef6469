import { changeApiKey } from '@/lib/api-keys/change-api-key'
import { apiKeyChange } from '@/lib/api-keys/input'
import { parseInput } from '@/lib/http'
import { positiveId } from '@/lib/http/positive-id'
import { refuseMethods } from '@/lib/http/refuse-methods'
import { jsonBody, userRoute } from '@/lib/http/routes'

/** Rotates a key of the caller's (→ `{ id, secret }`), revokes it, or sets its budgets: `{ action, … }` → `{ id }`. */
export const POST = userRoute(
  jsonBody(apiKeyChange),
  async ({ user, input }, { params }: RouteContext<'/api/account/api-keys/[id]'>) =>
    changeApiKey(user, parseInput(positiveId, (await params).id), input),
  { rate: 'api_key' },
)

export const { DELETE, GET, HEAD, OPTIONS, PATCH, PUT } = refuseMethods('POST')
