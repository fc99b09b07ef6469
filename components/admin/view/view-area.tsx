import { appArea, type NavArea, type NavItem, type ToolNavItem } from '@/components/layout/nav-items'
import { viewedPath } from '@/lib/admin/viewed-pages'

/** The navigation of the app as one user has it, with the pages that an admin can look at. */
export function viewArea(userId: string, tools: readonly ToolNavItem[]): NavArea {
  const toView = (item: NavItem): NavItem[] => {
    const href = viewedPath(userId, item.href)
    return href === null ? [] : [{ ...item, href }]
  }
  const groups = appArea(tools, false)
    .groups.map((group) => ({ ...group, items: group.items.flatMap(toView) }))
    .filter(({ items }) => items.length > 0)
  return { name: 'Main', home: `/admin/users/${userId}/view/dashboard`, groups }
}
