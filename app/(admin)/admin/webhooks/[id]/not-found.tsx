import { InboxIcon } from 'lucide-react'
import { RecordNotFound } from '@/components/admin/record-not-found'
import { paymentProvider } from '@/lib/payments'

export default function EventNotFound() {
  return (
    <RecordNotFound
      icon={InboxIcon}
      title="Event"
      description={`The address may be incomplete. Search the list by the IDs of ${paymentProvider.name}.`}
      list={{ href: '/admin/webhooks', label: 'All events' }}
    />
  )
}
