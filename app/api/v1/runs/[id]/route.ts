import { readRunRecord } from '@/lib/account/read-run-record'
import { refuseKeyMethods } from '@/lib/http/refuse-methods'
import { keyRoute, noInput } from '@/lib/http/routes'
import { createAdminClient } from '@/lib/supabase/admin'

/** A run of the owner of the key, with its stored response while that is kept. */
export const GET = keyRoute(
  'history:read',
  noInput,
  async ({ user }, { params }: RouteContext<'/api/v1/runs/[id]'>) =>
    readRunRecord(user.id, (await params).id, createAdminClient()),
)

export const { DELETE, OPTIONS, PATCH, POST, PUT } = refuseKeyMethods('GET')
