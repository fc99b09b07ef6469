import { cancelRun } from '@/lib/api-keys/cancel-run'
import { refuseKeyMethods } from '@/lib/http/refuse-methods'
import { keyRoute, noInput } from '@/lib/http/routes'

/** Asks for the end of a run that this key has started → `{ runId, status }`. */
export const POST = keyRoute(
  'any',
  noInput,
  async ({ user }, { params }: RouteContext<'/api/v1/runs/[id]/cancel'>) =>
    cancelRun(user, (await params).id),
)

export const { DELETE, GET, HEAD, OPTIONS, PATCH, PUT } = refuseKeyMethods('POST')
