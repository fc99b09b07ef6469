import { Section } from './section'

const STEPS = [
  {
    title: 'Reserve',
    code: 'creditRoute(summarize)',
    text: 'The route reads the session, checks the input, works out the price and reserves it. One call to the database, before the tool runs.',
  },
  {
    title: 'Run',
    code: 'run: ({ input }) => …',
    text: 'Your tool does its work. If it throws, hangs or the server dies, the credits come back by a row that points at the charge.',
  },
  {
    title: 'Record',
    code: 'credit_transactions',
    text: 'What happened is a row with a number, the amount, and the balance before and after. Rows are never changed, and never skipped.',
  },
  {
    title: 'Follow',
    code: 'useCreditManager(userId)',
    text: 'Supabase Realtime carries the new balance to every open tab. A tab that was asleep catches up when it wakes.',
  },
]

export function HowItWorks() {
  return (
    <Section
      id="how-it-works"
      title="One loop, from click to balance"
      description="The way every paid call goes. There is no second way."
    >
      <ol className="grid gap-x-6 gap-y-10 sm:grid-cols-2 lg:grid-cols-4">
        {STEPS.map((step, index) => (
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
