/** The forms of one name: `word-count`, `wordCountTool`, `WordCount` and `Word count`. */
export type ToolName = { kebab: string; tool: string; pascal: string; title: string }

/** Every file of a new tool by its path in the project. They are formatted after they are written. */
export function toolFiles(name: ToolName): Record<string, string> {
  const { kebab } = name
  return {
    [`lib/tools/${kebab}.ts`]: toolTemplate(name),
    [`lib/tools/${kebab}.test.ts`]: testTemplate(name),
    [`app/api/tools/${kebab}/route.ts`]: routeTemplate(name),
    [`app/(protected)/tools/${kebab}/page.tsx`]: pageTemplate(name),
    [`app/(protected)/tools/${kebab}/${kebab}-client.tsx`]: clientTemplate(name),
  }
}

/** The tool's line in the navigation and on the dashboard. */
export function catalogEntry({ kebab, title }: ToolName): string {
  return `{
    href: '/tools/${kebab}',
    icon: SparklesIcon,
    name: '${title}',
    description: 'Say here what it does.',
    price: \`\${countCredits(1)} a run\`,
  },
  `
}

const toolTemplate = ({ kebab, tool, title }: ToolName) => `import { z } from 'zod'
import { defineTool } from './define-tool'

const MAX_CHARACTERS = 2_000

/** Say here what it does, and what it costs. */
export const ${tool} = defineTool({
  id: '${kebab}',
  name: '${title}',
  input: z.strictObject({
    text: z.string().trim().min(1, 'Enter a text.').max(MAX_CHARACTERS, 'The text may have 2,000 characters.'),
  }),
  cost: () => 1,
  explain: () => ({ rule: '1 a run' }),
  rateLimit: { requests: 20, perSeconds: 60 },
  run: ({ input }) => ({ text: input.text.toUpperCase() }),
})
`

const testTemplate = ({ kebab, tool }: ToolName) => `import { expect, test } from 'vitest'
import { runAlone } from './testing'
import { ${tool} } from './${kebab}'

test('it answers', async () => {
  expect(await runAlone(${tool}, { text: 'Quiet please' })).toEqual({ text: 'QUIET PLEASE' })
})

test.each([
  ['nothing', {}],
  ['blanks', { text: '  ' }],
  ['too much', { text: 'x'.repeat(2_001) }],
  ['a price of the sender', { text: 'x', cost: 0 }],
])('%s is refused before anything is charged', (_, input) => {
  expect(${tool}.input.safeParse(input).success).toBe(false)
})
`

const routeTemplate = ({
  kebab,
  tool,
}: ToolName) => `import { creditRoute } from '@/lib/tool-runner/credit-route'
import { ${tool} } from '@/lib/tools/${kebab}'

export const POST = creditRoute(${tool})
`

const pageTemplate = ({ kebab, pascal, title }: ToolName) => `import type { Metadata } from 'next'
import { PageHeader } from '@/components/layout/page-header'
import { requireUser } from '@/lib/auth/session'
import { ${pascal}Client } from './${kebab}-client'

export const metadata: Metadata = { title: '${title}' }

export default async function ${pascal}Page() {
  const user = await requireUser('/tools/${kebab}')
  return (
    <div className="grid gap-6">
      <PageHeader title="${title}" description="Say here what it does. A run that fails costs nothing." />
      <${pascal}Client userId={user.id} />
    </div>
  )
}
`

const clientTemplate = ({ kebab, pascal }: ToolName) => `'use client'

import { type FormEvent, useState } from 'react'
import { RunButton } from '@/components/credits/run-button'
import { useCreditTool } from '@/components/credits/use-credit-tool'
import { Card, CardContent } from '@/components/ui/card'
import { Field } from '@/components/ui/field'
import { Label } from '@/components/ui/label'
import { Textarea } from '@/components/ui/textarea'

/** What lib/tools/${kebab}.ts charges for a run. */
const PRICE = 1

export function ${pascal}Client({ userId }: { userId: string }) {
  const [text, setText] = useState('')
  const { run, running, result } = useCreditTool<{ text: string }>(userId, '/api/tools/${kebab}')

  function submit(event: FormEvent) {
    event.preventDefault()
    void run({ text })
  }

  return (
    <div className="grid grid-cols-1 items-start gap-6 lg:grid-cols-2">
      <Card>
        <CardContent>
          <form onSubmit={submit} className="grid grid-cols-1 gap-5">
            <Field>
              <Label htmlFor="text">Text</Label>
              <Textarea id="text" value={text} onChange={(event) => setText(event.target.value)} maxLength={2000} />
            </Field>
            <RunButton
              userId={userId}
              price={PRICE}
              running={running}
              label="Run"
              notReady={text.trim() ? null : 'Enter a text first.'}
            />
          </form>
        </CardContent>
      </Card>
      <Card aria-busy={running}>
        <CardContent className="break-words text-sm">{result?.text ?? 'The result will appear here.'}</CardContent>
      </Card>
    </div>
  )
}
`
