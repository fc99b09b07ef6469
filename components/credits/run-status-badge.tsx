import { NamedBadge } from '@/components/ui/named-badge'

const LOOKS = {
  queued: { label: 'Queued', variant: 'secondary' },
  running: { label: 'Running', variant: 'secondary' },
  succeeded: { label: 'Finished', variant: 'default' },
  failed: { label: 'Failed', variant: 'destructive' },
  aborted: { label: 'Stopped', variant: 'warning' },
  expired: { label: 'Lost', variant: 'destructive' },
} as const

/** The status of a run in words; one this file has not heard of is shown by its name. */
export function RunStatusBadge({ status }: { status: string }) {
  return <NamedBadge name={status} looks={LOOKS} />
}
