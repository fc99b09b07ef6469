import { Field, FieldDescription } from '@/components/ui/field'
import { Label } from '@/components/ui/label'
import { Textarea } from '@/components/ui/textarea'

/** Why an admin does it: 3 to 500 characters, under the name `reason`. `note` says who will read it. */
export function ReasonField({ id, note }: { id: string; note: string }) {
  return (
    <Field>
      <Label htmlFor={id}>Reason</Label>
      <Textarea
        id={id}
        name="reason"
        required
        minLength={3}
        maxLength={500}
        aria-describedby={`${id}-note`}
        className="min-h-20"
      />
      <FieldDescription id={`${id}-note`}>{note}</FieldDescription>
    </Field>
  )
}
