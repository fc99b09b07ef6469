'use client'

import { ArrowDownIcon, ArrowUpIcon } from 'lucide-react'
import { toast } from 'sonner'
import { Button } from '@/components/ui/button'
import { useSavePackage } from './use-save-package'

type MovePackageProps = {
  id: string
  name: string
  /** The ids of its group, in their order. */
  order: readonly string[]
}

/** Moves a package up or down among those it is shown with. */
export function MovePackage({ id, name, order }: MovePackageProps) {
  const { save, pending } = useSavePackage()
  const place = order.indexOf(id)

  async function move(to: number) {
    const rest = order.filter((other) => other !== id)
    const body = { order: rest.toSpliced(to, 0, id) }
    if (!(await save('/api/admin/packages', 'PATCH', body))) {
      toast.error('The order was not changed. Reload the page, then try again.')
    }
  }

  // It keeps the focus at the end of its way, or the next key would begin at the top of the page.
  const button = (to: number) => {
    const stays = pending || to < 0 || to >= order.length
    return { 'aria-disabled': stays, onClick: stays ? undefined : () => move(to) }
  }
  return (
    <span className="flex">
      <Button
        variant="ghost"
        size="icon"
        className="size-8 text-muted-foreground"
        aria-label={`Move ${name} up`}
        {...button(place - 1)}
      >
        <ArrowUpIcon aria-hidden />
      </Button>
      <Button
        variant="ghost"
        size="icon"
        className="size-8 text-muted-foreground"
        aria-label={`Move ${name} down`}
        {...button(place + 1)}
      >
        <ArrowDownIcon aria-hidden />
      </Button>
    </span>
  )
}
