'use client'

import { PlusIcon } from 'lucide-react'
import { useState } from 'react'
import { toast } from 'sonner'
import { ActionSheet } from '@/components/admin/action-sheet'
import { Button } from '@/components/ui/button'
import { packageIdFrom } from '@/lib/catalog/package-id'
import { mainCreditType } from '@/lib/credit-type'
import { emptyDraft, type PackageDraft, toTerms } from './package-draft'
import { type PackageContext, PackageForm } from './package-form'
import { useSavePackage } from './use-save-package'

/** Puts another package or plan up for sale. */
export function NewPackage({ context }: { context: PackageContext }) {
  const [open, setOpen] = useState(false)
  const { save, pending, refusal, refuse } = useSavePackage()

  async function create(draft: PackageDraft) {
    const asked = toTerms(draft)
    if ('problem' in asked) return refuse(asked.problem)
    const identity = { id: draft.id || packageIdFrom(draft.name), kind: draft.kind }
    if (!(await save('/api/admin/packages', 'POST', { ...identity, ...asked.terms }))) return
    setOpen(false)
    toast.success(`${draft.name} was saved`, { description: 'Its product is being made.' })
  }

  return (
    <ActionSheet
      open={open}
      onOpenChange={setOpen}
      trigger={
        <Button>
          <PlusIcon aria-hidden />
          New package
        </Button>
      }
      title="New package"
      description="It can be bought as soon as its product is made, which takes seconds."
    >
      <PackageForm
        initial={emptyDraft(mainCreditType(context.creditTypes).id)}
        context={context}
        isNew
        pending={pending}
        refusal={refusal}
        onSave={create}
      />
    </ActionSheet>
  )
}
