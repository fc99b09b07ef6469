import { refuseMethods } from '@/lib/http/refuse-methods'
import { noInput, publicRoute } from '@/lib/http/routes'
import { createAdminClient } from '@/lib/supabase/admin'

export const dynamic = 'force-dynamic'

/** 200 when the app and its database answer, 503 when the database does not. */
export const GET = publicRoute(noInput, async () => {
  const { error } = await createAdminClient().from('credit_types').select('id').limit(1)
  return Response.json({ status: error ? 'unavailable' : 'ok' }, { status: error ? 503 : 200 })
})

export const { DELETE, OPTIONS, PATCH, POST, PUT } = refuseMethods('GET')
