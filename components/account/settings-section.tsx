import type { ReactNode } from 'react'

type SettingsSectionProps = { title: string; description: string; children: ReactNode }

/** One subject of the settings: what it is on the left, its controls on the right. */
export function SettingsSection({ title, description, children }: SettingsSectionProps) {
  return (
    <section className="grid gap-5 border-t py-8 md:grid-cols-[16rem_minmax(0,1fr)] md:gap-10">
      <div className="grid content-start gap-1">
        <h2 className="font-semibold text-[0.9375rem] tracking-tight">{title}</h2>
        <p className="text-muted-foreground text-sm">{description}</p>
      </div>
      {children}
    </section>
  )
}
