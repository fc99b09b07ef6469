'use client'

import { useState } from 'react'
import { RunButton } from '@/components/credits/run-button'
import { ToolForm } from '@/components/credits/tool-form'
import { useCreditTool } from '@/components/credits/use-credit-tool'
import { ChoiceField } from '@/components/ui/choice-field'
import { Field } from '@/components/ui/field'
import { Label } from '@/components/ui/label'
import { Textarea } from '@/components/ui/textarea'
import type { TokenRates } from '@/lib/ai/tokens'
import type { ToolFormProps } from '../register-tool'
import { LENGTH_NAMES, MAX_CHARACTERS, mostCredits, SLICE } from './limits'
import { type AiAnswer, AnswerResult } from './result'

export function Form({ userId, prices, creditType }: ToolFormProps<TokenRates>) {
  const [prompt, setPrompt] = useState('')
  const [length, setLength] = useState<keyof typeof LENGTH_NAMES>('short')
  const { run, running, cancel, text, result } = useCreditTool<AiAnswer>(userId, '/api/tools/ask-ai')
  const most = mostCredits({ prompt: prompt.trim(), length }, prices)

  return (
    <ToolForm
      onRun={() => void run({ prompt, length })}
      result={<AnswerResult result={result} text={text} running={running} />}
    >
      <Field name="prompt">
        <Label htmlFor="prompt">Question</Label>
        <Textarea
          id="prompt"
          value={prompt}
          onChange={(event) => setPrompt(event.target.value)}
          maxLength={MAX_CHARACTERS}
          rows={6}
        />
      </Field>
      <ChoiceField label="Answer" choices={LENGTH_NAMES} value={length} onChange={setLength} />
      <RunButton
        userId={userId}
        price={most}
        startsAt={Math.min(most, SLICE)}
        creditType={creditType}
        running={running}
        onCancel={cancel}
        label="Ask"
        notReady={prompt.trim() ? null : 'Enter a question first.'}
      />
    </ToolForm>
  )
}
