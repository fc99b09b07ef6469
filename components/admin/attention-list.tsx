import { CircleCheckIcon } from 'lucide-react'
import Link from 'next/link'
import { Alert, AlertDescription, AlertTitle } from '@/components/ui/alert'
import { Card } from '@/components/ui/card'
import { type AttentionEntry, readAttention } from '@/lib/admin/read-attention'
import { ageOf } from '@/lib/age'
import type { Format } from '@/lib/format'
import { readFormat } from '@/lib/reader/read-reader'
import { describeAttention } from './describe-attention'

/** What waits for an admin, oldest first; one line when nothing does. */
export async function AttentionList() {
  const [{ entries, isCut }, format] = await Promise.all([readAttention(), readFormat()])
  if (entries.length === 0) {
    return (
      <Alert variant="success" role="status">
        <CircleCheckIcon aria-hidden />
        <AlertTitle>All clear</AlertTitle>
        <AlertDescription>Nothing needs attention.</AlertDescription>
      </Alert>
    )
  }
  return (
    <Card className="gap-0 py-0">
      <ul aria-label="Needs attention" className="divide-y">
        {entries.map((entry) => (
          <Entry key={`${entry.kind} ${entry.subject}`} entry={entry} format={format} />
        ))}
      </ul>
      {isCut && (
        <p className="border-t px-5 py-3 text-muted-foreground text-sm">
          Only the oldest of each kind are shown. More follow as these are cleared.
        </p>
      )}
    </Card>
  )
}

function Entry({ entry, format }: { entry: AttentionEntry; format: Format }) {
  const { title, todo, href } = describeAttention(entry, format)
  return (
    <li className="relative grid gap-1 px-5 py-4 transition-colors hover:bg-accent/50 sm:grid-cols-[minmax(0,1fr)_auto] sm:gap-x-6">
      {/* The link covers the whole entry. */}
      <Link href={href} className="wrap-anywhere font-medium text-sm after:absolute after:inset-0">
        {title}
      </Link>
      <time
        dateTime={entry.since}
        title={format.formatTimestamp(entry.since)}
        className="figures text-muted-foreground text-sm max-sm:order-last sm:text-right"
      >
        {ageOf(entry.since)}
      </time>
      <p className="wrap-anywhere max-w-prose text-muted-foreground text-sm sm:col-span-2">
        {entry.email && <span className="block text-foreground">{entry.email}</span>}
        <span>{todo}</span>
      </p>
    </li>
  )
}
