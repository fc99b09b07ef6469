import { InboxIcon } from 'lucide-react'
import { RecordNotFound } from '@/components/admin/record-not-found'
import { providerNames } from '@/lib/payments'

export default function EventNotFound() {
  return (
    <RecordNotFound
      icon={InboxIcon}
      title="Event"
      description={`The address may be incomplete. Search the list by the IDs of ${providerNames()}.`}
      list={{ href: '/admin/webhooks', label: 'All events' }}
    />
  )
}
