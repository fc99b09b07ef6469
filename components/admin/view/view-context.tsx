'use client'

import { createContext, type ReactNode, useContext } from 'react'

type View = { userId: string }

const ViewContext = createContext<View | null>(null)

/** Tells everything below that an admin looks at the account of somebody. */
export function ViewProvider({ userId, children }: View & { children: ReactNode }) {
  return <ViewContext value={{ userId }}>{children}</ViewContext>
}

/** Whose account an admin looks at here; null where everybody sees their own. */
export function useView(): View | null {
  return useContext(ViewContext)
}
