'use client'

import { useFormat } from '@/components/reader/format-provider'

/** Day and minute of an ISO time, and the zone of both. */
export function Timestamp({ at }: { at: string }) {
  const { formatTimestamp } = useFormat()
  return (
    <time dateTime={at} className="figures">
      {formatTimestamp(at)}
    </time>
  )
}
