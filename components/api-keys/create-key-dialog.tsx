'use client'

import type { FormEvent, ReactElement } from 'react'
import { Button } from '@/components/ui/button'
import {
  Dialog,
  DialogContent,
  DialogDescription,
  DialogFooter,
  DialogTitle,
  DialogTrigger,
} from '@/components/ui/dialog'
import { Field, FieldDescription, FieldError } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import { Label } from '@/components/ui/label'
import { NativeSelect } from '@/components/ui/native-select'
import { DAY_MS } from '@/lib/time'
import { BUDGET_PROBLEM, BudgetFields, readBudgets } from './budget-fields'
import { type ScopedTool, ScopeFields } from './scope-fields'
import { ShownSecret } from './shown-secret'
import { useKeyCall } from './use-key-call'

/** Makes a key of the API, and shows its secret once. */
export function CreateKeyDialog({ button, tools }: { button: ReactElement; tools: readonly ScopedTool[] }) {
  const { create, pending, problem, setProblem, secret, reset } = useKeyCall()

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    const scopes = form.getAll('scope').map(String)
    const budgets = readBudgets(form)
    const days = Number(form.get('days'))
    if (scopes.length === 0) return setProblem('Choose at least one thing that the key may do.')
    if (!budgets) return setProblem(BUDGET_PROBLEM)
    await create({
      name: String(form.get('name')),
      scopes,
      budgets,
      expiresAt: days > 0 ? new Date(Date.now() + days * DAY_MS).toISOString() : null,
      allowedAddresses: readList(form, 'addresses'),
      allowedOrigins: readList(form, 'origins'),
    })
  }

  return (
    <Dialog defaultOpen onOpenChange={reset}>
      <DialogTrigger asChild>{button}</DialogTrigger>
      <DialogContent className="max-h-[90dvh] overflow-y-auto">
        {secret ? (
          <ShownSecret secret={secret} note="Keep it on a server, never in a page or an app." />
        ) : (
          <form onSubmit={submit} className="grid gap-5">
            <div className="grid gap-1.5">
              <DialogTitle>Create API key</DialogTitle>
              <DialogDescription>It runs tools in your name and pays with your credits.</DialogDescription>
            </div>
            <Field>
              <Label htmlFor="key-name">Name</Label>
              <Input id="key-name" name="name" required maxLength={60} autoComplete="off" />
            </Field>
            <ScopeFields tools={tools} />
            <BudgetFields />
            <Field>
              <Label htmlFor="key-days">Expires</Label>
              <NativeSelect id="key-days" name="days" defaultValue="90">
                <option value="30">In 30 days</option>
                <option value="90">In 90 days</option>
                <option value="365">In a year</option>
                <option value="0">Never</option>
              </NativeSelect>
            </Field>
            <Field>
              <Label htmlFor="key-addresses">Allowed addresses</Label>
              <Input
                id="key-addresses"
                name="addresses"
                autoComplete="off"
                aria-describedby="addresses-note"
              />
              <FieldDescription id="addresses-note">
                IP addresses or networks, as 203.0.113.7 or 10.0.0.0/8. Leave it empty for everywhere.
              </FieldDescription>
            </Field>
            <Field>
              <Label htmlFor="key-origins">Allowed websites</Label>
              <Input id="key-origins" name="origins" autoComplete="off" aria-describedby="origins-note" />
              <FieldDescription id="origins-note">
                Sites whose pages may call the API, as https://app.example.com. Their visitors can read the
                key: give it a budget. Leave it empty for none.
              </FieldDescription>
            </Field>
            <FieldError>{problem}</FieldError>
            <DialogFooter>
              <Button type="submit" loading={pending}>
                Create key
              </Button>
            </DialogFooter>
          </form>
        )}
      </DialogContent>
    </Dialog>
  )
}

/** What a field lists, with commas or spaces between. */
function readList(form: FormData, name: string): string[] {
  return String(form.get(name))
    .split(/[\s,]+/)
    .filter(Boolean)
}
