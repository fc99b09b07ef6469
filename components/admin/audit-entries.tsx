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
    <li className="grid gap-1 px-5 py-3 text-sm">
      <div className="flex items-start justify-between gap-4">
        <Sentence entry={entry} writer={writer} />
        {entry.outcome === 'failure' && <Badge variant="destructive">Refused</Badge>}
      </div>
      {given && <p className="wrap-anywhere text-muted-foreground">{`Reason given: ${given}`}</p>}
      <p className="figures text-muted-foreground text-xs">
        <time dateTime={entry.created_at}>{writer.format.formatTimestamp(entry.created_at)}</time>
        {repeats !== null && <span>{` · refused ${repeats} more times within the hour`}</span>}
      </p>
      <details className="text-muted-foreground text-xs">
        <summary className="w-fit cursor-pointer rounded-sm py-1 hover:text-foreground">Details</summary>
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
