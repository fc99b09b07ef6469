import { z } from 'zod'
import { closeAccount } from '@/lib/account/close-account'
import { chosenUser, reason } from '@/lib/admin/reason'
import { refuseMethods } from '@/lib/http/refuse-methods'
import { adminRoute, jsonBody } from '@/lib/http/routes'

const closing = z.strictObject({
  userId: chosenUser,
  confirmation: z.string().max(320),
  reason,
})

/** Admins close somebody's account for good: `{ userId, confirmation, reason }` → `{ closed: true }`. */
export const POST = adminRoute(jsonBody(closing), async ({ admin, input }) => {
  await closeAccount({ ...input, by: admin })
  return { closed: true }
})

export const { DELETE, GET, HEAD, OPTIONS, PATCH, PUT } = refuseMethods('POST')
