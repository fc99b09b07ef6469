import { InboxIcon } from 'lucide-react'
import { RecordNotFound } from '@/components/admin/record-not-found'

export default function DeliveryNotFound() {
  return (
    <RecordNotFound
      icon={InboxIcon}
      title="Delivery"
      description="The address may be incomplete. The inbox can be searched by the ids of DodoPayments."
      list={{ href: '/admin/webhooks', label: 'All deliveries' }}
    />
  )
}
