import type { ReactNode } from 'react'
import { Button } from '@/components/ui/button'
import type { SaveState } from '@/lib/account/save-state'

type SaveRowProps = {
  state: SaveState
  saving: boolean
  /** What the button says. */
  children: ReactNode
}

/** The end of a form of the settings: its button, and beside it that it was saved. */
export function SaveRow({ state, saving, children }: SaveRowProps) {
  return (
    <div className="flex items-center gap-3">
      <Button type="submit" variant="outline" loading={saving}>
        {children}
      </Button>
      <p role="status" className="text-muted-foreground text-sm">
        {state.status === 'saved' && !saving && 'Saved.'}
      </p>
    </div>
  )
}
