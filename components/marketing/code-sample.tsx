import { CodeBlock } from './code-block'
import { Section } from './section'

const TOOL = `import { z } from 'zod'
import { defineTool } from './define-tool'

export const shout = defineTool({
  id: 'shout',
  name: 'Shout',
  input: z.object({ text: z.string().min(1).max(2_000) }),
  // The price may depend on the input.
  cost: ({ input }) => (input.text.length > 500 ? 2 : 1),
  run: async ({ input }) => ({ loud: input.text.toUpperCase() }),
})
`

const ROUTE = `import { creditRoute } from '@/lib/tool-runner/credit-route'
import { shout } from '@/lib/tools/shout'

export const POST = creditRoute(shout)
`

const BALANCE = `const { balance } = useCreditManager(userId)
`

export function CodeSample() {
  return (
    <Section
      id="add-a-tool"
      title="A tool is one file and one route"
      description="Say what it takes, what it costs and what it does. Session, validation, charge, refund and the answer are taken care of."
    >
      <div className="grid gap-4 lg:grid-cols-[1.35fr_1fr]">
        <CodeBlock file="lib/tools/shout.ts" code={TOOL} />
        <div className="grid min-w-0 content-start gap-4">
          <CodeBlock file="app/api/tools/shout/route.ts" code={ROUTE} />
          <CodeBlock file="any component" code={BALANCE} />
        </div>
      </div>
    </Section>
  )
}
