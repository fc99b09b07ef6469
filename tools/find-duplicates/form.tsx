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
import { MAX_CHARACTERS, priceOf, toLines } from './limits'
import { type Duplicates, DuplicatesResult } from './result'

const LIKENESS = { loose: 'Loose', close: 'Close', exact: 'Exact' } as const

export function Form({ userId, prices, creditType }: ToolFormProps<{ block: number }>) {
  const [list, setList] = useState('')
  const [likeness, setLikeness] = useState<keyof typeof LIKENESS>('close')
  const { run, running, cancel, progress, result } = useCreditTool<Duplicates>(
    userId,
    '/api/tools/find-duplicates',
  )

  return (
    <ToolForm
      onRun={() => void run({ list, likeness })}
      result={<DuplicatesResult result={result} progress={progress} running={running} />}
    >
      <Field name="list">
        <Label htmlFor="list">List, a line each</Label>
        <Textarea
          id="list"
          value={list}
          onChange={(event) => setList(event.target.value)}
          maxLength={MAX_CHARACTERS}
          rows={10}
        />
      </Field>
      <ChoiceField label="Likeness" choices={LIKENESS} value={likeness} onChange={setLikeness} />
      <RunButton
        userId={userId}
        price={priceOf(list, prices.block)}
        creditType={creditType}
        running={running}
        onCancel={cancel}
        label="Find"
        notReady={toLines(list).length > 1 ? null : 'Enter two lines first.'}
      />
    </ToolForm>
  )
}
