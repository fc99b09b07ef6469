'use client'

import { useCallback, useSyncExternalStore } from 'react'
import { IDLE_TOOL, type RunState, runStore, type ToolReceipt } from '@/lib/credit-manager'

/**
 * Runs a tool of this app and gives its last result and, for tools that report it, how far the run has come; both are
 * still there when the reader comes back from another page. A second click while a run is on its way does nothing, and a
 * run repeated after the network failed is charged once. Takes what the tool does: an object for JSON, FormData for
 * files. `cancel` is there once the run has begun. `RunToasts`, in the frame of every page, says how it ended.
 */
export function useCreditTool<Result>(userId: string, url: string) {
  const watch = useCallback((onChange: () => void) => runStore.watch(userId, url, onChange), [userId, url])
  const state = useSyncExternalStore<RunState<Result & ToolReceipt>>(
    watch,
    () => runStore.get(userId, url),
    // Nothing has run in the server's render.
    () => IDLE_TOOL,
  )
  const run = useCallback(
    (input: object) => runStore.start(userId, url, input, window.location.pathname),
    [userId, url],
  )
  const cancel = useCallback(() => runStore.cancel(userId, url), [userId, url])
  return { run, cancel: state.runId === null ? undefined : cancel, ...state }
}
