import type { SupabaseClient } from '@supabase/supabase-js'
import { z } from 'zod'

const changed = z.object({ user_id: z.string() })

type Follower = {
  /** A wallet of this user changed. */
  onChange(userId: string): void
  /** Changes are heard from now on, or, with false, may be missed. */
  onHearing(hears: boolean): void
}

/**
 * Follows the changes of every wallet, as the server: the database reports each after its commit, in both live modes. The
 * channel is private, which the server may always join, so that public ones may be switched off.
 */
export function followWallets(supabase: SupabaseClient, { onChange, onHearing }: Follower): void {
  supabase
    .channel('balance-cache', { config: { private: true } })
    .on('postgres_changes', { event: '*', schema: 'public', table: 'credits' }, (change) => {
      for (const row of [change.new, change.old]) {
        const wallet = changed.safeParse(row)
        if (wallet.success) onChange(wallet.data.user_id)
      }
    })
    .subscribe((status) => onHearing(status === 'SUBSCRIBED'))
}
