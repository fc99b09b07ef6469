import { EyeOffIcon } from 'lucide-react'
import type { Metadata } from 'next'
import Link from 'next/link'
import { redirect } from 'next/navigation'
import { Button } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { EmptyState } from '@/components/ui/empty-state'
import { requireAccountView } from '@/lib/admin/require-account-view'

export const metadata: Metadata = { title: 'Not part of the view' }

/** Says of any other page that the view has none of it; the view itself begins with the dashboard. */
export default async function OtherViewPage({ params }: PageProps<'/admin/users/[id]/view/[[...page]]'>) {
  const { id, page } = await params
  const { user } = await requireAccountView(id)
  const home = `/admin/users/${user.id}/view/dashboard` as const
  if (!page) redirect(home)
  return (
    <div className="grid grid-cols-1 gap-6">
      <h1 className="font-semibold text-2xl tracking-tight">Not part of the view</h1>
      <Card className="py-0">
        <EmptyState
          icon={EyeOffIcon}
          title="This page cannot be viewed"
          description="It shows nothing of the account, or there is no such page."
          action={
            <Button asChild variant="outline" size="sm">
              <Link href={home}>Dashboard</Link>
            </Button>
          }
        />
      </Card>
    </div>
  )
}
