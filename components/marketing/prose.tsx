import type { ReactNode } from 'react'

type ProseProps = { title: string; summary: string; sections: readonly { title: string; text: ReactNode }[] }

/** A page of plain text with headings: terms, privacy, help. */
export function Prose({ title, summary, sections }: ProseProps) {
  return (
    <article className="mx-auto grid max-w-2xl gap-10 px-4 py-16 sm:px-6 sm:py-20">
      <header className="grid gap-3">
        <h1 className="font-semibold text-4xl tracking-tight">{title}</h1>
        <p className="text-lg text-muted-foreground">{summary}</p>
      </header>
      {sections.map((section) => (
        <section key={section.title} className="grid gap-2">
          <h2 className="font-semibold text-lg tracking-tight">{section.title}</h2>
          <p className="text-muted-foreground leading-relaxed">{section.text}</p>
        </section>
      ))}
    </article>
  )
}
