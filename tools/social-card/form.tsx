'use client'

import { useState } from 'react'
import { RunButton } from '@/components/credits/run-button'
import { ToolForm } from '@/components/credits/tool-form'
import { useCreditTool } from '@/components/credits/use-credit-tool'
import { ChoiceField } from '@/components/ui/choice-field'
import { Field } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import { Label } from '@/components/ui/label'
import type { Complexity } from '@/lib/credits/pricing'
import type { ToolFormProps } from '../register-tool'
import { MAX_SUBTITLE_CHARACTERS, MAX_TITLE_CHARACTERS, SIZES } from './limits'
import { type DrawnCard, SocialCardResult } from './result'

const THEMES = { light: 'Light', dark: 'Dark' } as const

export function Form({ userId, prices, creditType }: ToolFormProps<Record<Complexity, number>>) {
  const [title, setTitle] = useState('')
  const [subtitle, setSubtitle] = useState('')
  const [theme, setTheme] = useState<keyof typeof THEMES>('light')
  const [complexity, setComplexity] = useState<Complexity>('low')
  const { run, running, cancel, result } = useCreditTool<DrawnCard>(userId, '/api/tools/social-card')

  return (
    <ToolForm
      onRun={() => void run({ title, subtitle, theme, complexity })}
      result={<SocialCardResult result={result} running={running} />}
    >
      <Field name="title">
        <Label htmlFor="title">Title</Label>
        <Input
          id="title"
          value={title}
          onChange={(event) => setTitle(event.target.value)}
          maxLength={MAX_TITLE_CHARACTERS}
          placeholder="What the page is called"
        />
      </Field>
      <Field name="subtitle">
        <Label htmlFor="subtitle">Subtitle</Label>
        <Input
          id="subtitle"
          value={subtitle}
          onChange={(event) => setSubtitle(event.target.value)}
          maxLength={MAX_SUBTITLE_CHARACTERS}
          placeholder="One sentence on what it says (optional)"
        />
      </Field>
      <div className="flex flex-wrap gap-x-8 gap-y-5">
        <ChoiceField label="Colors" choices={THEMES} value={theme} onChange={setTheme} />
        <ChoiceField label="Width" choices={SIZES} value={complexity} onChange={setComplexity} />
      </div>
      <RunButton
        userId={userId}
        price={prices[complexity]}
        creditType={creditType}
        running={running}
        onCancel={cancel}
        label="Draw"
        notReady={title.trim() ? null : 'Enter a title first.'}
      />
    </ToolForm>
  )
}
