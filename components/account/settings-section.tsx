import type { ReactNode } from 'react'

type SettingsSectionProps = {
  title: string
  description: string
  /** Where mails lead to it: `/settings#id`. */
  id?: string
  children: ReactNode
}

/** One subject of the settings: what it is on the left, its controls on the right. */
export function SettingsSection({ title, description, id, children }: SettingsSectionProps) {
  return (
    <section
      id={id}
      className="scroll-mt-20 grid gap-5 border-t py-8 md:grid-cols-[16rem_minmax(0,1fr)] md:gap-10"
    >
      <div className="grid content-start gap-1">
        <h2 className="font-semibold text-[0.9375rem] tracking-tight">{title}</h2>
        <p className="text-muted-foreground text-sm">{description}</p>
      </div>
      {children}
    </section>
  )
}
