'use client'

import { useState } from 'react'
import { toast } from 'sonner'
import { ActionSheet } from '@/components/admin/action-sheet'
import { Button } from '@/components/ui/button'
import type { AdminPackage } from '@/lib/admin/packages/list-packages'
import { draftOf, type PackageDraft, toTerms } from './package-draft'
import { type PackageContext, PackageForm } from './package-form'
import { useSavePackage } from './use-save-package'

type EditPackageProps = { sold: AdminPackage; context: PackageContext }

/** Changes a package as it was when the sheet was opened: if somebody else changed it since, that is said. */
export function EditPackage({ sold, context }: EditPackageProps) {
  const [seen, setSeen] = useState<AdminPackage | null>(null)
  const { save, pending, refusal, refuse } = useSavePackage()

  async function update(draft: PackageDraft) {
    const asked = toTerms(draft)
    if ('problem' in asked) return refuse(asked.problem)
    const body = { ...asked.terms, version: seen?.version }
    if (!(await save(`/api/admin/packages/${sold.id}`, 'PATCH', body))) return
    setSeen(null)
    toast.success(`${draft.name} was saved`)
  }

  return (
    <ActionSheet
      open={seen !== null}
      onOpenChange={(open) => setSeen(open ? sold : null)}
      trigger={
        <Button variant="outline" size="sm" aria-label={`Edit ${sold.name}`}>
          Edit
        </Button>
      }
      title={sold.name}
      description="A new price counts for checkouts opened from now on. One that is open keeps what it was opened for."
    >
      {seen && (
        <PackageForm
          initial={draftOf(seen)}
          context={context}
          pending={pending}
          refusal={refusal}
          onSave={update}
        />
      )}
    </ActionSheet>
  )
}
