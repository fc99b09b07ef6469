import { z } from 'zod'
import { packageId } from '@/lib/catalog/package-id'
import { refuseMethods } from '@/lib/http/refuse-methods'
import { query, userRoute } from '@/lib/http/routes'
import { previewPlanChange } from '@/lib/payments/subscriptions/preview-plan-change'

/** What changing one's own plan would charge today: `?packageId=` → `{ when, total, tax, currency }`. */
export const GET = userRoute(
  query(z.strictObject({ packageId })),
  ({ user, input }) => previewPlanChange(user, input.packageId),
  { rate: 'plan_preview' },
)

export const { DELETE, OPTIONS, PATCH, POST, PUT } = refuseMethods('GET')
