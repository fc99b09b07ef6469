import type { KindFiles, ToolName } from '../templates.ts'
import { textTest } from './text-test.ts'

/** A tool that answers a form at once. */
export const formKind = (name: ToolName): KindFiles => ({
  tool: toolTemplate(name),
  test: textTest(name),
  form: formTemplate(name),
  result: resultTemplate,
})

const toolTemplate = ({ kebab, tool, title }: ToolName) => `import { z } from 'zod'
import { defineTool } from '@/lib/tool-runner/define-tool'

export const prices = () => ({ run: 1 })

/** Say here what it does, and what it costs. */
export const ${tool} = defineTool({
  id: '${kebab}',
  name: '${title}',
  input: z.strictObject({
    text: z.string().trim().min(1, 'Enter a text.').max(2_000, 'Use at most 2,000 characters.'),
  }),
  cost: () => prices().run,
  explain: () => ({ rule: '1 a run' }),
  rateLimit: { requests: 20, perSeconds: 60 },
  run: ({ input }) => ({ text: input.text.toUpperCase() }),
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
import type { ToolFormProps } from '../register-tool'
import { Result } from './result'

export function Form({ userId, prices, creditType }: ToolFormProps<{ run: number }>) {
  const [text, setText] = useState('')
  const { run, running, cancel, result } = useCreditTool<{ text: string }>(userId, '/api/tools/${kebab}')

  return (
    <ToolForm
      onRun={() => void run({ text })}
      result={<Result result={result} running={running} />}
    >
      <Field name="text">
        <Label htmlFor="text">Text</Label>
        <Textarea id="text" value={text} onChange={(event) => setText(event.target.value)} maxLength={2000} />
      </Field>
      <RunButton
        userId={userId}
        price={prices.run}
        creditType={creditType}
        running={running}
        onCancel={cancel}
        label="Run"
        notReady={text.trim() ? null : 'Enter a text first.'}
      />
    </ToolForm>
  )
}
`

const resultTemplate = `import { ResultActions } from '@/components/credits/result-actions'
import { SpentCredits } from '@/components/credits/spent-credits'
import { Card, CardContent, CardFooter } from '@/components/ui/card'
import type { ToolReceipt } from '@/lib/credit-manager'

type ResultProps = { result: ({ text: string } & ToolReceipt) | null; running: boolean }

/** The result's place: beside the form, and on the page of a past run. */
export function Result({ result, running }: ResultProps) {
  return (
    <Card aria-busy={running}>
      <CardContent className="break-words text-sm">{result?.text ?? 'The result will appear here.'}</CardContent>
      {result && (
        <CardFooter className="flex-wrap justify-between text-muted-foreground text-sm">
          <SpentCredits receipt={result} />
          <ResultActions text={result.text} fileName="result.txt" />
        </CardFooter>
      )}
    </Card>
  )
}
`
