'use client'

import { useEffect } from 'react'

const CHANNEL = 'session'

/**
 * Keeps the tabs of a browser on one session: each tells the others who it was rendered for, and one that shows
 * somebody else asks the server again. So signing out in one tab leaves no balance on screen in another, and the
 * tab that says "Check your mail" moves on when the link was opened next to it.
 */
export function FollowSession({ userId }: { userId: string | null }) {
  useEffect(() => {
    // For public pages that this document comes to (lib/auth/signed-in-script.ts).
    document.documentElement.toggleAttribute('data-signed-in', userId !== null)
    const channel = new BroadcastChannel(CHANNEL)
    const announce = () => channel.postMessage(userId)
    channel.onmessage = (event: MessageEvent<string | null>) => {
      // A full load, so that nothing of the other person stays in memory.
      if (event.data !== userId) window.location.reload()
    }
    const onRestored = (event: PageTransitionEvent) => {
      if (event.persisted) window.location.reload()
    }
    window.addEventListener('pageshow', onRestored)
    announce()
    return () => {
      window.removeEventListener('pageshow', onRestored)
      channel.close()
    }
  }, [userId])
  return null
}
