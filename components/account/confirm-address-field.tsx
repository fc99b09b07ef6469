import { Field, FieldError } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import { Label } from '@/components/ui/label'

type ConfirmAddressFieldProps = { email: string; problem?: string | null }

/** Asks for the address of an account that is to be closed, under the name `confirmation`. */
export function ConfirmAddressField({ email, problem }: ConfirmAddressFieldProps) {
  return (
    <Field>
      <Label htmlFor="close-confirmation">
        <span>
          Type <span className="break-all font-mono">{email}</span> to confirm
        </span>
      </Label>
      <Input
        id="close-confirmation"
        name="confirmation"
        required
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        aria-invalid={Boolean(problem)}
      />
      <FieldError>{problem}</FieldError>
    </Field>
  )
}
