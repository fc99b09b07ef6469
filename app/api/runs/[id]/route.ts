import { changeRun, runChange } from '@/lib/account/change-run'
import { readRunRecord } from '@/lib/account/read-run-record'
import { parseInput } from '@/lib/http'
import { positiveId } from '@/lib/http/positive-id'
import { refuseMethods } from '@/lib/http/refuse-methods'
import { jsonBody, noInput, userRoute } from '@/lib/http/routes'

/** A run of the caller's, with its progress, and its stored response while that is kept. */
export const GET = userRoute(noInput, async ({ user }, { params }: RouteContext<'/api/runs/[id]'>) =>
  readRunRecord(user.id, (await params).id),
)

/** Cancels or deletes it: `{ action }` → `{ runId, status }`. */
export const POST = userRoute(
  jsonBody(runChange),
  async ({ user, input }, { params }: RouteContext<'/api/runs/[id]'>) =>
    changeRun(user, parseInput(positiveId, (await params).id), input),
)

export const { DELETE, OPTIONS, PATCH, PUT } = refuseMethods('GET', 'POST')
