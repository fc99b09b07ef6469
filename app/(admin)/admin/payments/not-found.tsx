import { WalletIcon } from 'lucide-react'
import { RecordNotFound } from '@/components/admin/record-not-found'
import { providerNames } from '@/lib/payments'

export default function PaymentNotFound() {
  return (
    <RecordNotFound
      icon={WalletIcon}
      title="Payment"
      description={`The address may be incomplete. Search the list by the IDs of ${providerNames()}.`}
      list={{ href: '/admin/payments', label: 'All payments' }}
    />
  )
}
