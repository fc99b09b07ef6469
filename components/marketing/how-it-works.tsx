import { howItWorks } from './content'
import { Section } from './section'

export function HowItWorks() {
  return (
    <Section id="how-it-works" title={howItWorks.title} description={howItWorks.description}>
      <ol className="grid gap-x-6 gap-y-10 sm:grid-cols-2 lg:grid-cols-4">
        {howItWorks.steps.map((step, index) => (
          <li key={step.title} className="flex flex-col gap-3 border-t-2 border-t-primary pt-4">
            <h3 className="flex items-baseline gap-2 font-semibold">
              <span className="figures font-mono font-normal text-muted-foreground text-sm">{index + 1}</span>
              {step.title}
            </h3>
            <p className="text-muted-foreground text-sm leading-relaxed">{step.text}</p>
            <code className="mt-auto w-fit max-w-full truncate rounded-md bg-muted px-2 py-1 font-mono text-xs">
              {step.code}
            </code>
          </li>
        ))}
      </ol>
    </Section>
  )
}
