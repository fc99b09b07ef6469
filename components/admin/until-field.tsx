import { Field, FieldDescription } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import { Label } from '@/components/ui/label'

/** Asks for the day on which what is given ends. */
export function UntilField({
  id,
  note = 'The first day without it, in UTC. Leave it empty for no end.',
}: {
  id: string
  note?: string
}) {
  return (
    <Field>
      <Label htmlFor={id}>Until</Label>
      <Input id={id} name="until" type="date" aria-describedby={`${id}-note`} />
      <FieldDescription id={`${id}-note`}>{note}</FieldDescription>
    </Field>
  )
}

/** What a request says of the day in that field: nothing where it is empty. */
export function readUntil(fields: FormData): { expiresAt?: string } {
  const until = String(fields.get('until') ?? '')
  return until ? { expiresAt: `${until}T00:00:00Z` } : {}
}
