'use client'

import { type FormEvent, useState } from 'react'
import { type Refusal, RefusalAlert } from '@/components/admin/refusal-alert'
import type { PaidTool } from '@/components/billing/good-for'
import { Button } from '@/components/ui/button'
import type { CreditType } from '@/lib/credit-type'
import { offerOf, type PackageDraft, readDraft } from './package-draft'
import { IdentityFields, PackageFields, PresentationFields } from './package-fields'
import { PackagePreview } from './package-preview'
import { PlanFields } from './plan-fields'

/** What packages can be of, and what their credits are spent on. */
export type PackageContext = { creditTypes: readonly CreditType[]; tools: readonly PaidTool[] }

type PackageFormProps = {
  initial: PackageDraft
  context: PackageContext
  isNew?: boolean
  pending: boolean
  refusal: Refusal | null
  onSave: (draft: PackageDraft) => void
}

/** All there is to say about a package, with the card that buyers see of it. */
export function PackageForm({
  initial,
  context: { creditTypes, tools },
  isNew = false,
  pending,
  refusal,
  onSave,
}: PackageFormProps) {
  const [draft, setDraft] = useState(initial)

  function read({ currentTarget }: FormEvent<HTMLFormElement>) {
    setDraft(readDraft(draft, currentTarget))
  }

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault()
    onSave(readDraft(draft, event.currentTarget))
  }

  return (
    <form onChange={read} onSubmit={submit} className="grid gap-4">
      <PackageFields draft={initial} creditTypes={creditTypes} />
      {isNew && <IdentityFields draft={{ ...initial, name: draft.name }} />}
      {draft.kind === 'subscription' && <PlanFields draft={initial} />}
      <PresentationFields draft={initial} />
      <PackagePreview offer={offerOf(draft, creditTypes)} tools={tools} />
      <RefusalAlert refusal={refusal} />
      <Button type="submit" loading={pending}>
        {isNew ? 'Put up for sale' : 'Save'}
      </Button>
    </form>
  )
}
