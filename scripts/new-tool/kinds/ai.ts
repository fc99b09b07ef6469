import type { KindFiles, ToolName } from '../templates.ts'

/** A tool that writes what a model says, and is paid by the token. */
export const aiKind = (name: ToolName): KindFiles => ({
  tool: toolTemplate(name),
  test: testTemplate(name),
  form: formTemplate(name),
  result: resultTemplate,
})

const toolTemplate = ({ kebab, tool, title }: ToolName) => `import { z } from 'zod'
import { hasModel } from '@/lib/ai/model'
import { ownerRates } from '@/lib/ai/owner-rates'
import { streamMetered } from '@/lib/ai/stream-metered'
import { costTokens, maxTokensOf, priceTokens } from '@/lib/ai/tokens'
import { defineTool } from '@/lib/tool-runner/define-tool'

const INSTRUCTIONS = 'Say here what the model is to do with the text.'
const MAX_OUTPUT_TOKENS = 500

/** What 1,000 tokens cost, in whole credits. */
export const prices = () => ({ input: 4, output: 20 })

export const isAvailable = hasModel

const mostTokens = (text: string) => ({
  input: maxTokensOf(INSTRUCTIONS) + maxTokensOf(text),
  output: MAX_OUTPUT_TOKENS,
})

/** Say here what it does, and what it costs. */
export const ${tool} = defineTool({
  id: '${kebab}',
  name: '${title}',
  input: z.strictObject({
    text: z.string().trim().min(1, 'Enter a text.').max(2_000, 'Use at most 2,000 characters.'),
  }),
  cost: ({ input }) => priceTokens(mostTokens(input.text), prices()),
  explain: () => ({ rule: 'by 1,000 tokens' }),
  ownerCost: { most: ({ input }) => costTokens(mostTokens(input.text), ownerRates()), perDay: () => null },
  rateLimit: { requests: 20, perSeconds: 60 },
  timeoutMs: 120_000,
  onAbort: 'charge',
  slice: 5,
  run: ({ input: { text }, ...meter }) =>
    streamMetered(
      {
        ...{ instructions: INSTRUCTIONS, prompt: text, maxOutputTokens: MAX_OUTPUT_TOKENS },
        ...{ price: prices(), most: priceTokens(mostTokens(text), prices()), cost: ownerRates() },
      },
      meter,
    ),
})
`

const testTemplate = ({ tool }: ToolName) => `import { expect, test } from 'vitest'
import { ${tool} } from './tool'

test('a longer text may cost more', () => {
  const cost = (text: string) => ${tool}.cost({ input: { text }, tier: null })
  expect(cost('x')).toBeGreaterThan(0)
  expect(cost('x'.repeat(2_000))).toBeGreaterThan(cost('x'))
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

const formTemplate = ({ kebab }: ToolName) => `'use client'

import { useState } from 'react'
import { RunButton } from '@/components/credits/run-button'
import { ToolForm } from '@/components/credits/tool-form'
import { useCreditTool } from '@/components/credits/use-credit-tool'
import { Field } from '@/components/ui/field'
import { Label } from '@/components/ui/label'
import { Textarea } from '@/components/ui/textarea'
import type { TokenRates } from '@/lib/ai/tokens'
import type { ToolFormProps } from '../register-tool'
import { Result } from './result'

/** What is held before the first word. */
const SLICE = 5

export function Form({ userId, creditType }: ToolFormProps<TokenRates>) {
  const [prompt, setPrompt] = useState('')
  const { run, running, cancel, text, result } = useCreditTool<{ text: string }>(userId, '/api/tools/${kebab}')

  return (
    <ToolForm
      onRun={() => void run({ text: prompt })}
      result={<Result result={result} text={text} running={running} />}
    >
      <Field name="text">
        <Label htmlFor="text">Text</Label>
        <Textarea id="text" value={prompt} onChange={(event) => setPrompt(event.target.value)} maxLength={2000} />
      </Field>
      <RunButton
        userId={userId}
        price={SLICE}
        creditType={creditType}
        running={running}
        onCancel={cancel}
        label="Run from"
        notReady={prompt.trim() ? null : 'Enter a text first.'}
      />
    </ToolForm>
  )
}
`

const resultTemplate = `import { ResultActions } from '@/components/credits/result-actions'
import { SpentCredits } from '@/components/credits/spent-credits'
import { Card, CardContent, CardFooter } from '@/components/ui/card'
import type { ToolReceipt } from '@/lib/credit-manager'

type ResultProps = { result: ({ text: string } & ToolReceipt) | null; running: boolean; text?: string }

/** The result's place: beside the form while it is written, and on the page of a past run. */
export function Result({ result, running, text = '' }: ResultProps) {
  return (
    <Card aria-busy={running}>
      <CardContent className="whitespace-pre-wrap break-words text-sm">
        {text || (result?.text ?? 'The result will appear here.')}
      </CardContent>
      {!running && result && (
        <CardFooter className="flex-wrap justify-between text-muted-foreground text-sm">
          <SpentCredits receipt={result} />
          <ResultActions text={result.text} fileName="result.txt" />
        </CardFooter>
      )}
    </Card>
  )
}
`
