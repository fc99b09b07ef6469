import { Badge } from '@/components/ui/badge'
import type { Field } from '@/lib/openapi/reference/list-fields'
import { InlineCode } from './inline-code'

type Props = {
  /** Left out where the section has but these. */
  title?: string
  fields: readonly Field[]
  /** Whether the reader sends them: then it counts which may be left out. */
  sent?: boolean
}

/** Fields with their types and limits, one below the other, so that they fit every screen. */
export function FieldList({ title, fields, sent = false }: Props) {
  if (fields.length === 0) return null
  return (
    <div className="grid gap-2">
      {title && <h4 className="font-medium text-sm">{title}</h4>}
      <ul className="divide-y rounded-lg border bg-card">
        {fields.map(({ name, type, required, notes }) => (
          <li key={name} className="grid gap-1 px-4 py-2.5 text-sm">
            <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
              <code className="break-all font-medium font-mono text-[0.8125rem]">{name}</code>
              <code className="font-mono text-muted-foreground text-xs">{type}</code>
              {sent && required && <Badge variant="outline">required</Badge>}
            </div>
            {notes.length > 0 && (
              <p className="text-muted-foreground leading-relaxed">
                <InlineCode text={notes.join(' · ')} />
              </p>
            )}
          </li>
        ))}
      </ul>
    </div>
  )
}
