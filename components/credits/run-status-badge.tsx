import { Badge } from '@/components/ui/badge'

const LOOKS = {
  running: { label: 'Running', variant: 'secondary' },
  succeeded: { label: 'Finished', variant: 'default' },
  failed: { label: 'Failed', variant: 'destructive' },
  aborted: { label: 'Stopped', variant: 'warning' },
  expired: { label: 'Lost', variant: 'destructive' },
} as const

function isKnown(status: string): status is keyof typeof LOOKS {
  return Object.hasOwn(LOOKS, status)
}

/** The status of a run in words; one this file has not heard of is shown by its name. */
export function RunStatusBadge({ status }: { status: string }) {
  if (!isKnown(status)) return <Badge variant="outline">{status.replaceAll('_', ' ')}</Badge>
  const { label, variant } = LOOKS[status]
  return <Badge variant={variant}>{label}</Badge>
}
