import { useId } from 'react'
import { Field } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import { Label } from '@/components/ui/label'
import { NativeSelect } from '@/components/ui/native-select'
import { Textarea } from '@/components/ui/textarea'
import type { CallDescription, CallInput } from '@/lib/openapi/reference/read-reference'
import { fieldName } from './send-call'

const MAX_ROWS = 12

/** What a call takes, to be filled in: its parameters, and its body as JSON or as the fields of a form. */
export function CallFields({ inputs, json }: Pick<CallDescription, 'inputs' | 'json'>) {
  const id = useId()
  return (
    <>
      {inputs.map((input) => (
        <InputField key={fieldName(input)} input={input} />
      ))}
      {json !== null && (
        <Field>
          <Label htmlFor={id}>Body</Label>
          <Textarea
            id={id}
            name="body"
            defaultValue={json}
            rows={Math.min(json.split('\n').length + 1, MAX_ROWS)}
            required
            spellCheck={false}
            className="font-mono md:text-[0.8125rem]"
          />
        </Field>
      )}
    </>
  )
}

function InputField({ input }: { input: CallInput }) {
  const { name, kind, required, choices, value } = input
  const id = useId()
  const props = { id, name: fieldName(input), required }
  return (
    <Field>
      <Label htmlFor={id}>
        <span className="break-all font-mono">{name}</span>
        {!required && <span className="font-normal text-muted-foreground">optional</span>}
      </Label>
      {kind === 'choice' ? (
        <NativeSelect {...props} defaultValue={value}>
          {choices.map((choice) => (
            <option key={choice}>{choice}</option>
          ))}
        </NativeSelect>
      ) : (
        <Input
          {...props}
          type={kind === 'file' ? 'file' : 'text'}
          {...(kind === 'file' ? { multiple: true, className: 'pt-1.5' } : { defaultValue: value })}
          autoComplete="off"
        />
      )}
    </Field>
  )
}
