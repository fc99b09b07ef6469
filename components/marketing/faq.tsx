import { PlusIcon } from 'lucide-react'
import { Section } from './section'

const QUESTIONS = [
  {
    question: 'What do I need to try it?',
    answer:
      'Node.js. Installing the packages and starting the app brings a Postgres, sign-in, Realtime, a payment sandbox and a mailbox along with it, all on your machine. No account, no key, no Docker.',
  },
  {
    question: 'And to go live?',
    answer:
      'A Supabase project, a DodoPayments account, and five environment variables. The migrations and the code stay as they are: the app cannot tell the embedded services from the hosted ones.',
  },
  {
    question: 'Can somebody give themselves credits from the browser?',
    answer:
      'No. Signed-in people may read their own rows and change their name. Balances and the ledger are written by database functions that only the server may execute, and the tests try to get around that.',
  },
  {
    question: 'What if the payment message never arrives, or arrives twice?',
    answer:
      'A delivery that fails is answered with an error, so that it is sent again. One that comes again is recognised by the payment it speaks of, and changes nothing.',
  },
  {
    question: 'Can I use only a part of it?',
    answer:
      'Yes. Payments, the admin pages and each tool are folders that can be deleted without touching the rest. The credit engine is SQL and knows none of them.',
  },
]

export function Faq() {
  return (
    <Section id="questions" title="Questions">
      <div className="grid max-w-3xl divide-y border-y">
        {QUESTIONS.map(({ question, answer }) => (
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
