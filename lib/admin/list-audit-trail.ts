import 'server-only'
import { z } from 'zod'
import { createClient } from '@/lib/supabase/server'
import { DAY_MS } from '@/lib/time'
import { type AuditTrailEntry, auditRow, nameActors } from './audit/audit-row'
import type { AuditFilter } from './audit-filter'
import { endOfDay, startOfDay } from './filters'
import { findUserIds } from './find-user-ids'
import { type Page, readPage } from './keyset'

/** How far back the trail is read by default: it holds every charge of everybody. */
export const AUDIT_DAYS = 30

const trailRow = auditRow.extend({ number: z.int() })

/** `isCut`: the search meant more users than it looked up, and their entries are not among these. */
type AuditTrailPage = Page<AuditTrailEntry> & { isCut: boolean }

/** One page of the audit trail, newest first, as an admin may see it. Throws when it cannot be read. */
export async function listAuditTrail(filter: AuditFilter): Promise<AuditTrailPage> {
  const supabase = await createClient()
  const targets = filter.q ? await findUserIds(filter.q) : null
  const since = filter.from
    ? startOfDay(filter.from)
    : new Date(Date.now() - AUDIT_DAYS * DAY_MS).toISOString()
  const query = () => {
    let entries = supabase
      .from('audit_trail')
      .select(trailRow.keyof().options.join(', '))
      .gte('created_at', since)
    if (targets) entries = entries.in('target_user_id', targets.ids)
    if (filter.action) entries = entries.like('action', `${filter.action}.%`)
    // The ledger is by far the longest part, and tells of credits alone.
    if (filter.action && filter.action !== 'credits') entries = entries.neq('source', 'ledger')
    if (filter.by === 'admins') entries = entries.not('actor_id', 'is', null)
    if (filter.by === 'system') entries = entries.is('actor_id', null)
    if (filter.outcome) entries = entries.eq('outcome', filter.outcome)
    if (filter.to) entries = entries.lt('created_at', endOfDay(filter.to))
    return entries
  }
  const page = await readPage({
    name: 'audit trail',
    query,
    row: trailRow,
    by: 'created_at',
    tieBreaker: 'number',
    cursorOf: ({ created_at, number }) => [created_at, String(number)],
    position: filter,
  })
  return { ...page, rows: await nameActors(page.rows), isCut: targets?.isCut ?? false }
}
