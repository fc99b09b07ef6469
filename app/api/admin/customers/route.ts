import { z } from 'zod'
import { moveCustomerOf } from '@/lib/admin/customers'
import { chosenUser, reason } from '@/lib/admin/reason'
import { emailField } from '@/lib/auth/fields'
import { refuseMethods } from '@/lib/http/refuse-methods'
import { adminRoute, jsonBody } from '@/lib/http/routes'

const move = z.strictObject({ userId: chosenUser, email: emailField, reason })

/** Admins give a user's customer another address at the payment provider: `{ userId, email, reason }`. */
export const POST = adminRoute(jsonBody(move), async ({ admin, input }) => {
  await moveCustomerOf(input.userId, input.email, { actorId: admin.id, reason: input.reason })
  return { email: input.email }
})

export const { DELETE, GET, HEAD, OPTIONS, PATCH, PUT } = refuseMethods('POST')
