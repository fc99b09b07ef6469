import type { RealtimeChannel, SupabaseClient } from '@supabase/supabase-js'
import { z } from 'zod'
import type { LiveMode } from '@/lib/env/live-mode'
import type { Database } from '@/lib/supabase/database.types'

/** The tables whose changes admins hear of, whoever's rows they are: all but wallets, which change with each run. */
export const ADMIN_TABLES = [
  'payments',
  'subscriptions',
  'payment_events',
  'payment_refunds',
  'payment_disputes',
  'package_syncs',
  'signup_bonuses',
  'job_runs',
] as const

export type AdminTable = (typeof ADMIN_TABLES)[number]

/** The tables whose changes the browser hears of, in both modes. */
export const FOLLOWED_TABLES = ['credits', ...ADMIN_TABLES] as const

type FollowedTable = (typeof FOLLOWED_TABLES)[number]

export type Followed = {
  tables: readonly FollowedTable[]
  /** Whose rows; without, those of everybody whom row-level security shows: an admin. */
  userId?: string | undefined
}

/** How changes are heard of in this tab. */
export type Live = { supabase: SupabaseClient<Database>; mode: LiveMode }

/** The row of a wallet is in `record` in both modes. Of other tables take it only that something changed. */
export type Change = { table: string; record?: unknown }

/** What the triggers of the database send. */
const message = z.object({ table: z.string(), record: z.unknown().optional() })

/** The name of the channel that tells of these changes: by broadcast everything of an owner comes through one. */
export function topicOf(mode: LiveMode, { tables, userId }: Followed): string {
  if (mode === 'broadcast') return userId ? `owner:${userId}` : 'admins'
  return `${tables.join('+')}:${userId ?? 'all'}`
}

/** That channel, made anew and not joined yet. It calls back with each change, of other tables too by broadcast. */
export function channelOf(
  { supabase, mode }: Live,
  followed: Followed,
  onChange: (change: Change) => void,
): RealtimeChannel {
  const topic = topicOf(mode, followed)
  if (mode === 'broadcast') {
    const config = { private: true, broadcast: { replication_ready: true } }
    return supabase.channel(topic, { config }).on('broadcast', { event: 'change' }, ({ payload }) => {
      const sent = message.safeParse(payload)
      if (sent.success) onChange(sent.data)
    })
  }
  const channel = supabase.channel(topic, { config: { postgres_changes_options: { wait: true } } })
  for (const table of followed.tables) {
    const filter = followed.userId && { filter: `user_id=eq.${followed.userId}` }
    const target = { event: '*', schema: 'public', table, ...filter } as const
    channel.on('postgres_changes', target, (change) => onChange({ table, record: change.new }))
  }
  return channel
}
