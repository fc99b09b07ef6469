import { InboxIcon } from 'lucide-react'
import Link from 'next/link'
import { PageHeader } from '@/components/page-header'
import { Button } from '@/components/ui/button'
import { EmptyState } from '@/components/ui/empty-state'

export default function DeliveryNotFound() {
  return (
    <div className="grid gap-6">
      <PageHeader title="Delivery" />
      <EmptyState
        icon={InboxIcon}
        title="There is no such delivery"
        description="The address may be incomplete. The inbox can be searched by the ids of DodoPayments."
        action={
          <Button asChild variant="outline" size="sm">
            <Link href="/admin/webhooks">All deliveries</Link>
          </Button>
        }
        className="rounded-xl border border-dashed"
      />
    </div>
  )
}
