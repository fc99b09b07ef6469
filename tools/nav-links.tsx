import 'server-only'
import type { ToolNavItem } from '@/components/layout/nav-items'
import { listTools } from './registry'

/** The tools as the navigation lists them. */
export async function listToolLinks(): Promise<ToolNavItem[]> {
  const tools = await listTools()
  return tools.map(({ href, name, icon: Icon, creditType }) => ({
    ...{ href, label: name, icon: <Icon aria-hidden />, creditType },
  }))
}
