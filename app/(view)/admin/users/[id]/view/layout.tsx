import { ViewShell } from '@/components/admin/view/view-shell'
import { requireAccountView } from '@/lib/admin/require-account-view'

export default async function ViewLayout({ params, children }: LayoutProps<'/admin/users/[id]/view'>) {
  return <ViewShell view={await requireAccountView((await params).id)}>{children}</ViewShell>
}
