import { publicEnv } from '@/lib/env/public-env'
import { loadClient } from '@/lib/supabase/load-client'
import type { FeedListener } from './credit-feed'
import type { BalanceRow } from './types'

const RETRY_MS = 5_000

/** The feed and its client come after the page, which shows the balance that the server knew. */
async function loadFeed() {
  const [feed, supabase] = await Promise.all([import('./credit-feed'), loadClient()])
  return { feed, supabase }
}

/** As `fetchBalances` of the feed. Throws when they cannot be read. */
export async function fetchBalances(userId: string): Promise<BalanceRow[]> {
  const { feed, supabase } = await loadFeed()
  return feed.fetchBalances(supabase, userId)
}

/** As `followCredits` of the feed, from when that is loaded. */
export function followCredits(userId: string, listener: FeedListener): () => void {
  let hasLeft = false
  let retry: ReturnType<typeof setTimeout> | undefined
  let unfollow: (() => void) | undefined

  async function start(): Promise<void> {
    try {
      const { feed, supabase } = await loadFeed()
      if (!hasLeft) unfollow = feed.followCredits({ supabase, mode: publicEnv().liveMode }, userId, listener)
    } catch {
      if (hasLeft) return
      listener.onStatus('reconnecting', 'The live connection could not be opened. Trying again.')
      retry = setTimeout(() => void start(), RETRY_MS)
    }
  }
  void start()

  return () => {
    hasLeft = true
    clearTimeout(retry)
    unfollow?.()
  }
}
