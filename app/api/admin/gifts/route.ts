import { giftBatch, prepareGiftBatch } from '@/lib/admin/gift-batches'
import { refuseMethods } from '@/lib/http/refuse-methods'
import { adminRoute, jsonBody } from '@/lib/http/routes'

/** Room for the longest batch. */
const MAX_BYTES = 2_097_152

/** Admins write down who is to get what; nothing is given yet: `{ id, reason, … }` → who, how many and how much. */
export const POST = adminRoute(jsonBody(giftBatch, { maxBytes: MAX_BYTES }), ({ admin, input }) =>
  prepareGiftBatch(admin.id, input),
)

export const { DELETE, GET, HEAD, OPTIONS, PATCH, PUT } = refuseMethods('POST')
