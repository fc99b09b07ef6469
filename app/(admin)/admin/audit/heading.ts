import { AUDIT_DAYS } from '@/lib/admin/list-audit-trail'

export const HEADING = {
  title: 'Audit',
  description: `Every change and every refusal, with its reason. The last ${AUDIT_DAYS} days, unless you choose a day to begin with.`,
}
