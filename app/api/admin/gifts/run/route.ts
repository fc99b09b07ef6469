import { giftRun, runGiftBatch } from '@/lib/admin/gift-batches'
import { refuseMethods } from '@/lib/http/refuse-methods'
import { adminRoute, jsonBody } from '@/lib/http/routes'

/** Admins give the next rows of a batch: `{ id }` → how far it has come. */
export const POST = adminRoute(jsonBody(giftRun), ({ admin, input }) => runGiftBatch(admin.id, input))

export const { DELETE, GET, HEAD, OPTIONS, PATCH, PUT } = refuseMethods('POST')
