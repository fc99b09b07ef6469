import { PlusIcon } from 'lucide-react'
import { faq } from './content'
import { Section } from './section'

export function Faq() {
  return (
    <Section id="questions" title={faq.title}>
      <div className="grid max-w-3xl divide-y border-y">
        {faq.items.map(({ question, answer }) => (
          <details key={question} className="group">
            <summary className="flex cursor-pointer list-none items-center justify-between gap-4 py-4 font-medium [&::-webkit-details-marker]:hidden">
              {question}
              <PlusIcon
                aria-hidden
                className="size-4 shrink-0 text-muted-foreground transition-transform group-open:rotate-45"
              />
            </summary>
            <p className="max-w-prose pb-5 text-muted-foreground leading-relaxed">{answer}</p>
          </details>
        ))}
      </div>
    </Section>
  )
}
