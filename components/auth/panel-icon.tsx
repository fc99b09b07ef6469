import type { LucideIcon } from 'lucide-react'

/** What a panel is about, where there is nothing to fill in. */
export function PanelIcon({ icon: Icon }: { icon: LucideIcon }) {
  return (
    <span className="grid size-10 place-items-center justify-self-center rounded-full bg-primary-soft text-primary-soft-foreground">
      <Icon aria-hidden className="size-5" />
    </span>
  )
}
