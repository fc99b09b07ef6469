'use client'

import type { ReactNode } from 'react'
import { useView } from '@/components/admin/view/view-context'

/** What the owner of an account alone can do on its pages; who only looks at them sees it and cannot use it. */
export function OwnerOnly({ children }: { children: ReactNode }) {
  // #region admin
  const view = useView()
  if (view) {
    return (
      <div inert className="contents *:opacity-50">
        {children}
      </div>
    )
  }
  // #endregion
  return children
}
