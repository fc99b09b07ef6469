'use client'

import { MessageSquareTextIcon } from 'lucide-react'
import { ResultActions } from '@/components/credits/result-actions'
import { SpentCredits } from '@/components/credits/spent-credits'
import { useFormat } from '@/components/reader/format-provider'
import { Card, CardContent, CardFooter } from '@/components/ui/card'
import { EmptyState } from '@/components/ui/empty-state'
import type { ToolReceipt } from '@/lib/credit-manager'

export type AiAnswer = { text: string; tokens: { input: number; output: number }; finishReason: string }

type AnswerProps = {
  result: (AiAnswer & ToolReceipt) | null
  running: boolean
  /** What was written so far: it stays when the run is canceled. */
  text?: string
}

/** The answer's place beside the form: empty, being written, stopped, or done with what it took. */
export function AnswerResult({ result, running, text = result?.text ?? '' }: AnswerProps) {
  const { formatCredits } = useFormat()
  const shown = running ? text : text || (result?.text ?? '')
  if (!running && !shown) {
    return (
      <Card>
        <EmptyState
          icon={MessageSquareTextIcon}
          title="No answer yet"
          description="It will be written here as it comes."
        />
      </Card>
    )
  }
  return (
    <Card aria-busy={running} data-testid="answer">
      <CardContent className="min-h-24 whitespace-pre-wrap break-words text-[0.9375rem] leading-relaxed">
        {shown}
      </CardContent>
      {!running && result && (
        <CardFooter className="flex-wrap justify-between text-muted-foreground text-sm tabular-nums">
          <span>{`${formatCredits(result.tokens.input)} tokens asked, ${formatCredits(result.tokens.output)} answered`}</span>
          <SpentCredits receipt={result} />
          <ResultActions text={shown} fileName="answer.txt" />
        </CardFooter>
      )}
    </Card>
  )
}
