import { adminAdjustment } from '@/lib/admin/adjust-credits'
import { handleRoute } from '@/lib/http'

/** Admins add (positive) or remove (negative) credits: `{ userId, amount, reason }`. */
export const POST = handleRoute((request) => adminAdjustment(request, 'adjust'))
