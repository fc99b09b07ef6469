'use client'

import type { FormEvent } from 'react'
import { Button } from '@/components/ui/button'
import { Field } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import { Label } from '@/components/ui/label'
import { RefusalAlert } from './refusal-alert'
import { useAdminCall } from './use-admin-call'

/** Switches a tool off with a sentence for its users, or on again. `off` is that sentence; null while it is on. */
export function ToolSwitch({ adminId, tool, off }: { adminId: string; tool: string; off: string | null }) {
  const { call, pending, refusal } = useAdminCall<object>(adminId, { path: '/api/admin/tools', keyed: false })

  function switchOff(event: FormEvent<HTMLFormElement>) {
    event.preventDefault()
    void call({ tool, message: String(new FormData(event.currentTarget).get('message')) })
  }

  if (off !== null) {
    return (
      <div className="flex flex-wrap items-center gap-3">
        <p className="text-sm">{off}</p>
        <Button variant="outline" size="sm" loading={pending} onClick={() => call({ tool, message: null })}>
          Switch on
        </Button>
        <RefusalAlert refusal={refusal} />
      </div>
    )
  }
  return (
    <form onSubmit={switchOff} className="grid gap-3">
      <Field>
        <Label htmlFor={`off-${tool}`}>What users read while it is off</Label>
        <div className="flex gap-2">
          <Input id={`off-${tool}`} name="message" required minLength={3} maxLength={500} />
          <Button type="submit" variant="outline" loading={pending}>
            Switch off
          </Button>
        </div>
      </Field>
      <RefusalAlert refusal={refusal} />
    </form>
  )
}
