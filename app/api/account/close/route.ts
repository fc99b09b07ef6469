import { z } from 'zod'
import { closeAccount } from '@/lib/account/close-account'
import { forgetSession } from '@/lib/auth/session'
import { refuseMethods } from '@/lib/http/refuse-methods'
import { jsonBody, userRoute } from '@/lib/http/routes'

const closing = z.strictObject({ confirmation: z.string().max(320) })

/** Closes the caller's own account for good: `{ confirmation }`, their address as typed, → `{ closed: true }`. */
export const POST = userRoute(
  jsonBody(closing),
  async ({ user, input: { confirmation } }) => {
    await closeAccount({ userId: user.id, confirmation, by: user })
    await forgetSession()
    return { closed: true }
  },
  { rate: 'close_account' },
)

export const { DELETE, GET, HEAD, OPTIONS, PATCH, PUT } = refuseMethods('POST')
