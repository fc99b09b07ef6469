import { z } from 'zod'
import { businessAsCsv } from '@/lib/admin/business/business-csv'
import { periodDays, periodOf } from '@/lib/admin/business/business-period'
import { readFigureRows } from '@/lib/admin/business/read-business'
import { refuseMethods } from '@/lib/http/refuse-methods'
import { adminRoute, query } from '@/lib/http/routes'

/** The figures of the last `?days` and of as many before, as CSV, for an admin. */
export const GET = adminRoute(query(z.strictObject({ days: periodDays })), async ({ input: { days } }) => {
  const period = periodOf(days)
  const headers = {
    'content-type': 'text/csv; charset=utf-8',
    'content-disposition': `attachment; filename="business-${period.since}-${period.last}.csv"`,
  }
  return new Response(businessAsCsv(period, await readFigureRows(period)), { headers })
})

export const { DELETE, OPTIONS, PATCH, POST, PUT } = refuseMethods('GET')
