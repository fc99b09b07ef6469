'use client'

import { useState } from 'react'
import { RunButton } from '@/components/credits/run-button'
import { ToolForm } from '@/components/credits/tool-form'
import { useCreditTool } from '@/components/credits/use-credit-tool'
import { useFormat } from '@/components/reader/format-provider'
import { ChoiceField } from '@/components/ui/choice-field'
import { Field, FieldDescription } from '@/components/ui/field'
import { Label } from '@/components/ui/label'
import { Textarea } from '@/components/ui/textarea'
import { GENERAL } from '@/lib/credit-type'
import { type Complexity, pricesByComplexity } from '@/lib/credits/pricing'
import type { ToolFormProps } from '@/tools/register-tool'
import { LENGTHS, MAX_CHARACTERS } from '@/tools/text-generation/limits'
import { type Summary, SummaryResult } from '@/tools/text-generation/result'

type Given = ToolFormProps<Record<Complexity, number>>

type Props = Pick<Given, 'userId'> &
  Partial<Given> & {
    /** What a page thinks that a run costs. The price of the length that is chosen is shown instead: it is charged. */
    requiredCredits?: number
  }

export function ExampleToolClient({
  userId,
  prices = pricesByComplexity('text-generation'),
  creditType = GENERAL,
}: Props) {
  const { formatCredits } = useFormat()
  const [text, setText] = useState('')
  const [complexity, setComplexity] = useState<Complexity>('low')
  const { run, running, cancel, result } = useCreditTool<Summary>(userId, '/api/example-protected')

  return (
    <ToolForm
      onRun={() => void run({ text, complexity })}
      result={<SummaryResult result={result} running={running} />}
    >
      <Field name="text">
        <Label htmlFor="text">Text</Label>
        <Textarea
          id="text"
          value={text}
          onChange={(event) => setText(event.target.value)}
          maxLength={MAX_CHARACTERS}
          placeholder="Paste an article, a report or your notes."
          className="min-h-64"
          aria-describedby="text-length"
        />
        <FieldDescription id="text-length" className="tabular-nums">
          {`${formatCredits(text.length)} of ${formatCredits(MAX_CHARACTERS)} characters`}
        </FieldDescription>
      </Field>
      <ChoiceField
        label="Length of the summary"
        choices={LENGTHS}
        value={complexity}
        onChange={setComplexity}
      />
      <RunButton
        userId={userId}
        price={prices[complexity]}
        creditType={creditType}
        running={running}
        onCancel={cancel}
        label="Summarize"
        notReady={text.trim() ? null : 'Enter a text first.'}
      />
    </ToolForm>
  )
}

/** @alias */
export default ExampleToolClient
