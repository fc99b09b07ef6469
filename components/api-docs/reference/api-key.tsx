'use client'

import { createContext, type ReactNode, useContext, useId, useState } from 'react'
import { Field, FieldDescription } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import { Label } from '@/components/ui/label'

type ApiKey = { key: string; setKey: (key: string) => void }

const ApiKeyContext = createContext<ApiKey>({ key: '', setKey: () => undefined })

/** Keeps the key that is typed at any call for all of them, in the memory of this page alone. */
export function ApiKeyProvider({ children }: { children: ReactNode }) {
  const [key, setKey] = useState('')
  return <ApiKeyContext value={{ key, setKey }}>{children}</ApiKeyContext>
}

export function useApiKey(): ApiKey {
  return useContext(ApiKeyContext)
}

/** No password field: a browser would offer to store the key. */
export function ApiKeyField() {
  const { key, setKey } = useApiKey()
  const id = useId()
  return (
    <Field>
      <Label htmlFor={id}>Your API key</Label>
      <Input
        id={id}
        value={key}
        onChange={(event) => setKey(event.target.value.trim())}
        required
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        placeholder="lb_…"
        aria-describedby={`${id}-note`}
        data-1p-ignore
        data-lpignore="true"
        className="font-mono [-webkit-text-security:disc] placeholder-shown:[-webkit-text-security:none]"
      />
      <FieldDescription id={`${id}-note`}>
        Kept by this page until you leave it, and nowhere else.
      </FieldDescription>
    </Field>
  )
}
