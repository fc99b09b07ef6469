import type { SupabaseClient } from '@supabase/supabase-js'
import { z } from 'zod'

const changed = z.object({ user_id: z.string() })

type Follower = {
  /** A wallet of this user changed. */
  onChange(userId: string): void
  /** Changes are heard from now on, or, with false, may be missed. */
  onHearing(hears: boolean): void
}

/** Follows the changes of every wallet, as the server: the database reports each after its commit. */
export function followWallets(supabase: SupabaseClient, { onChange, onHearing }: Follower): void {
  supabase
    .channel('balance-cache')
    .on('postgres_changes', { event: '*', schema: 'public', table: 'credits' }, (change) => {
      for (const row of [change.new, change.old]) {
        const wallet = changed.safeParse(row)
        if (wallet.success) onChange(wallet.data.user_id)
      }
    })
    .subscribe((status) => onHearing(status === 'SUBSCRIBED'))
}
