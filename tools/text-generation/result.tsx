'use client'

import { FileTextIcon } from 'lucide-react'
import { ResultActions } from '@/components/credits/result-actions'
import { SpentCredits } from '@/components/credits/spent-credits'
import { useFormat } from '@/components/reader/format-provider'
import { Badge } from '@/components/ui/badge'
import { Card, CardContent, CardFooter, CardHeader, CardTitle } from '@/components/ui/card'
import { EmptyState } from '@/components/ui/empty-state'
import { Skeleton } from '@/components/ui/skeleton'
import type { ToolReceipt } from '@/lib/credit-manager'

export type Summary = {
  summary: string
  keywords: string[]
  words: { before: number; after: number }
}

/** The result's place beside the form: empty, being made, or made. */
export function SummaryResult({
  result,
  running,
}: {
  result: (Summary & ToolReceipt) | null
  running: boolean
}) {
  const { formatCredits } = useFormat()
  if (running) return <SummarySkeleton />
  if (!result) {
    return (
      <Card>
        <EmptyState
          icon={FileTextIcon}
          title="No summary yet"
          description="It will appear here, with what it cost."
        />
      </Card>
    )
  }
  return (
    <Card aria-live="polite" data-testid="summary">
      <CardHeader>
        <CardTitle>Summary</CardTitle>
      </CardHeader>
      <CardContent className="grid gap-4">
        <p className="text-[0.9375rem] leading-relaxed">{result.summary}</p>
        <ul className="flex flex-wrap gap-2" aria-label="Key terms">
          {result.keywords.map((keyword) => (
            <li key={keyword}>
              <Badge variant="secondary">{keyword}</Badge>
            </li>
          ))}
        </ul>
        <ResultActions text={result.summary} fileName="summary.txt" />
      </CardContent>
      <CardFooter className="justify-between text-muted-foreground text-sm tabular-nums">
        <span>{`${formatCredits(result.words.before)} words to ${formatCredits(result.words.after)}`}</span>
        <SpentCredits receipt={result} />
      </CardFooter>
    </Card>
  )
}

function SummarySkeleton() {
  return (
    <Card aria-busy="true">
      <CardHeader>
        <CardTitle>Summarizing</CardTitle>
      </CardHeader>
      <CardContent className="grid gap-3">
        <Skeleton className="h-4 w-full" />
        <Skeleton className="h-4 w-11/12" />
        <Skeleton className="h-4 w-2/3" />
      </CardContent>
    </Card>
  )
}
