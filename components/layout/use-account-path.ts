'use client'

import type { Route } from 'next'
import { useView } from '@/components/admin/view/view-context'
import { viewedPath } from '@/lib/admin/viewed-pages'

/** Where a page about the account that is shown stands. */
export function useAccountPath(path: Route) {
  // #region admin
  const view = useView()
  if (view) return viewedPath(view.userId, path) ?? path
  // #endregion
  return path
}
