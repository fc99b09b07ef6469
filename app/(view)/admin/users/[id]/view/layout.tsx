import { ViewShell } from '@/components/admin/view/view-shell'
import { requireAccountView } from '@/lib/admin/require-account-view'
import { listToolLinks } from '@/tools/nav-links'

export default async function ViewLayout({ params, children }: LayoutProps<'/admin/users/[id]/view'>) {
  const view = await requireAccountView((await params).id)
  return (
    <ViewShell view={view} tools={await listToolLinks()}>
      {children}
    </ViewShell>
  )
}
