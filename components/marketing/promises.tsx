import { promises } from './content'
import { Section } from './section'

export function Promises() {
  return (
    <Section id="promises" title={promises.title} description={promises.description}>
      <ul className="grid gap-px overflow-hidden rounded-xl border bg-border sm:grid-cols-2 lg:grid-cols-3">
        {promises.items.map(({ icon: Icon, title, text, proof }) => (
          <li key={title} className="grid content-start gap-2.5 bg-card p-6">
            <Icon aria-hidden className="size-5 text-primary" />
            <h3 className="mt-1 font-semibold text-[0.9375rem]">{title}</h3>
            <p className="text-muted-foreground text-sm leading-relaxed">{text}</p>
            <code className="mt-1 font-mono text-muted-foreground text-xs">{proof}</code>
          </li>
        ))}
      </ul>
    </Section>
  )
}
