'use client'

import { useState } from 'react'
import { RunButton } from '@/components/credits/run-button'
import { ToolForm } from '@/components/credits/tool-form'
import { useCreditTool } from '@/components/credits/use-credit-tool'
import { ChoiceField } from '@/components/ui/choice-field'
import { Field } from '@/components/ui/field'
import { Label } from '@/components/ui/label'
import { Textarea } from '@/components/ui/textarea'
import type { ToolFormProps } from '../register-tool'
import { MAX_CHARACTERS, priceOf, UNITS, type Unit } from './limits'
import { type Comparison, ComparisonResult } from './result'

export function Form({ userId, prices, creditType }: ToolFormProps<{ block: number }>) {
  const [before, setBefore] = useState('')
  const [after, setAfter] = useState('')
  const [unit, setUnit] = useState<Unit>('words')
  const { run, running, cancel, result } = useCreditTool<Comparison>(userId, '/api/tools/compare-texts')

  return (
    <ToolForm
      onRun={() => void run({ before, after, unit })}
      result={<ComparisonResult result={result} running={running} />}
    >
      <Field name="before">
        <Label htmlFor="before">First version</Label>
        <Textarea
          id="before"
          value={before}
          onChange={(event) => setBefore(event.target.value)}
          maxLength={MAX_CHARACTERS}
          rows={7}
        />
      </Field>
      <Field name="after">
        <Label htmlFor="after">Second version</Label>
        <Textarea
          id="after"
          value={after}
          onChange={(event) => setAfter(event.target.value)}
          maxLength={MAX_CHARACTERS}
          rows={7}
        />
      </Field>
      <ChoiceField label="Compare" choices={UNITS} value={unit} onChange={setUnit} />
      <RunButton
        userId={userId}
        price={priceOf({ before, after }, prices.block)}
        creditType={creditType}
        running={running}
        onCancel={cancel}
        label="Compare"
        notReady={before.trim() && after.trim() ? null : 'Enter both versions first.'}
      />
    </ToolForm>
  )
}
