import { WalletIcon } from 'lucide-react'
import { RecordNotFound } from '@/components/admin/record-not-found'

export default function PaymentNotFound() {
  return (
    <RecordNotFound
      icon={WalletIcon}
      title="Payment"
      description="The address may be incomplete. The list can be searched by the ids of DodoPayments."
      list={{ href: '/admin/payments', label: 'All payments' }}
    />
  )
}
