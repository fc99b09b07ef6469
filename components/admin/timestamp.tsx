import { formatDateTime } from '@/lib/format'

/** Day and minute of an ISO time, in UTC, and said so. */
export function Timestamp({ at }: { at: string }) {
  return (
    <time dateTime={at} className="figures">
      {formatDateTime(at)} UTC
    </time>
  )
}
