import { z } from 'zod'
import { chosenUser } from '@/lib/admin/reason'
import { releaseSignupBonus } from '@/lib/admin/signup-bonuses'
import { refuseMethods } from '@/lib/http/refuse-methods'
import { adminRoute, jsonBody } from '@/lib/http/routes'

const release = z.strictObject({ userId: chosenUser })

/** Admins release a sign-up bonus that was held: `{ userId }`. Repeated, it is refused and grants nothing more. */
export const POST = adminRoute(jsonBody(release), async ({ admin, input: { userId } }) => {
  await releaseSignupBonus(userId, admin.id)
  return {}
})

export const { DELETE, GET, HEAD, OPTIONS, PATCH, PUT } = refuseMethods('POST')
