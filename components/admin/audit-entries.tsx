import { ChevronRightIcon } from 'lucide-react'
import Link from 'next/link'
import { Badge } from '@/components/ui/badge'
import type { AuditTrailEntry } from '@/lib/admin/audit/audit-row'
import { auditSentence, givenReasonOf, repeatsOf } from '@/lib/admin/audit/audit-sentence'
import { describeDetails } from '@/lib/admin/audit/describe-details'
import type { AuditWriter } from '@/lib/admin/audit/words'
import { findCreditType } from '@/lib/credit-type'
import { listCreditTypes } from '@/lib/credits/credit-types'
import { readFormat } from '@/lib/reader/read-reader'
import { Detail, DetailList } from './detail-list'

/** Entries of the audit trail, each as a sentence, with all that is known of it behind a disclosure. */
export async function AuditEntries({ entries }: { entries: readonly AuditTrailEntry[] }) {
  const [format, types] = await Promise.all([readFormat(), listCreditTypes()])
  const writer = { format, unitOf: (id: string) => findCreditType(types, id || (types[0]?.id ?? '')) }
  return (
    <ul className="grid divide-y">
      {entries.map((entry) => (
        <Entry key={entry.id} entry={entry} writer={writer} />
      ))}
    </ul>
  )
}

function Entry({ entry, writer }: { entry: AuditTrailEntry; writer: AuditWriter }) {
  const repeats = repeatsOf(entry)
  const given = givenReasonOf(entry)
  return (
    <li className="grid gap-0.5 px-5 py-2.5 text-sm">
      <div className="flex items-start justify-between gap-4">
        <Sentence entry={entry} writer={writer} />
        {entry.outcome === 'failure' && <Badge variant="destructive">Refused</Badge>}
      </div>
      {given && <p className="wrap-anywhere text-muted-foreground">{`Reason given: ${given}`}</p>}
      <details className="group text-muted-foreground text-xs">
        <summary className="figures flex w-fit cursor-pointer list-none flex-wrap items-center gap-x-2 rounded-sm py-1 hover:text-foreground pointer-coarse:min-h-11 [&::-webkit-details-marker]:hidden">
          <time dateTime={entry.created_at}>{writer.format.formatTimestamp(entry.created_at)}</time>
          {repeats !== null && <span>{`refused ${repeats} more times within the hour`}</span>}
          <span className="inline-flex items-center gap-0.5">
            <span>Details</span>
            <ChevronRightIcon aria-hidden className="size-3.5 transition-transform group-open:rotate-90" />
          </span>
        </summary>
        <div className="pt-2">
          <DetailList>
            {describeDetails(entry, writer).map(([name, text]) => (
              <Detail key={name} name={name} wide>
                <span className="wrap-anywhere">{text}</span>
              </Detail>
            ))}
          </DetailList>
        </div>
      </details>
    </li>
  )
}

/** The sentence, in which the one it was done to leads to their page. */
function Sentence({ entry, writer }: { entry: AuditTrailEntry; writer: AuditWriter }) {
  const text = auditSentence(entry, writer)
  const { target, target_user_id: id, actor } = entry
  const at = target && id && target !== actor ? text.indexOf(target) : -1
  if (at < 0 || !target) return <p className="wrap-anywhere min-w-0">{text}</p>
  return (
    <p className="wrap-anywhere min-w-0">
      <span>{text.slice(0, at)}</span>
      <Link href={`/admin/users/${id}`} className="font-medium underline-offset-4 hover:underline">
        {target}
      </Link>
      <span>{text.slice(at + target.length)}</span>
    </p>
  )
}
