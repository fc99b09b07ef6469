import 'server-only'
import type { NavItem } from '@/components/layout/nav-items'
import { listTools } from './registry'

/** The tools as the navigation lists them. */
export async function listToolLinks(): Promise<NavItem[]> {
  const tools = await listTools()
  return tools.map(({ href, name, icon: Icon }) => ({ href, label: name, icon: <Icon aria-hidden /> }))
}
