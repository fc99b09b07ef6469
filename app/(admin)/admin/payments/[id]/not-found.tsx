import { WalletIcon } from 'lucide-react'
import Link from 'next/link'
import { PageHeader } from '@/components/page-header'
import { Button } from '@/components/ui/button'
import { EmptyState } from '@/components/ui/empty-state'

export default function PaymentNotFound() {
  return (
    <div className="grid gap-6">
      <PageHeader title="Payment" />
      <EmptyState
        icon={WalletIcon}
        title="There is no such payment"
        description="The address may be incomplete. The list can be searched by the ids of DodoPayments."
        action={
          <Button asChild variant="outline" size="sm">
            <Link href="/admin/payments">All payments</Link>
          </Button>
        }
        className="rounded-xl border border-dashed"
      />
    </div>
  )
}
