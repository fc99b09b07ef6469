import { readRunForKey } from '@/lib/account/read-run-for-key'
import { refuseKeyMethods } from '@/lib/http/refuse-methods'
import { keyRoute, noInput } from '@/lib/http/routes'

/** A run of the owner of the key, with its stored response while that is kept. */
export const GET = keyRoute(
  'history:read',
  noInput,
  async ({ user }, { params }: RouteContext<'/api/v1/runs/[id]'>) =>
    readRunForKey(user.id, (await params).id),
)

export const { DELETE, OPTIONS, PATCH, POST, PUT } = refuseKeyMethods('GET')
