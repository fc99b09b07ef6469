'use client'

import { startTransition, useActionState, useEffect, useId, useOptimistic, useRef } from 'react'
import { FieldDescription, FieldError } from '@/components/ui/field'
import { Label } from '@/components/ui/label'
import { Switch } from '@/components/ui/switch'
import { setMailWanted } from '@/lib/account/set-mail-wanted'
import type { MailChoice } from '@/lib/mail/mail-choices'

type MailSwitchProps = { choice: MailChoice; name: string; description: string; wanted: boolean }

/** Whether somebody gets a kind of mail; saved as it is switched. */
export function MailSwitch({ choice, name, description, wanted }: MailSwitchProps) {
  const id = useId()
  const [state, save, saving] = useActionState(setMailWanted, { status: 'idle' })
  const [shown, show] = useOptimistic(wanted)

  function toggle(next: boolean) {
    const form = new FormData()
    form.set('choice', choice)
    form.set('wanted', next ? 'on' : 'off')
    startTransition(() => {
      show(next)
      save(form)
    })
  }

  const input = useRef<HTMLInputElement>(null)
  // Switched before hydration: React keeps what the browser shows, and fires no change. It is saved now.
  // biome-ignore lint/correctness/useExhaustiveDependencies: only what was there before hydration counts
  useEffect(() => {
    if (input.current && input.current.checked !== wanted) toggle(input.current.checked)
  }, [])

  return (
    <div className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-3 gap-y-1">
      <div className="flex min-h-5 items-center pointer-coarse:min-h-11">
        <Switch
          id={id}
          ref={input}
          // A browser that restores a page would restore a choice of then.
          autoComplete="off"
          checked={shown}
          onChange={(event) => toggle(event.target.checked)}
          aria-describedby={`${id}-note`}
        />
      </div>
      <Label htmlFor={id} className="pointer-coarse:min-h-11">
        {name}
      </Label>
      <div className="col-start-2">
        <FieldDescription id={`${id}-note`}>{description}</FieldDescription>
        <p role="status" className="text-muted-foreground text-sm">
          {state.status === 'saved' && !saving && 'Saved.'}
        </p>
        <FieldError>{state.status === 'refused' && !saving && state.message}</FieldError>
      </div>
    </div>
  )
}
