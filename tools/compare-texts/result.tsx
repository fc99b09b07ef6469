'use client'

import { FileDiffIcon } from 'lucide-react'
import { ResultActions } from '@/components/credits/result-actions'
import { SpentCredits } from '@/components/credits/spent-credits'
import { useFormat } from '@/components/reader/format-provider'
import { Card, CardContent, CardFooter, CardHeader, CardTitle } from '@/components/ui/card'
import { EmptyState } from '@/components/ui/empty-state'
import { Skeleton } from '@/components/ui/skeleton'
import type { ToolReceipt } from '@/lib/credit-manager'
import type { Changes, Part } from './count-changes'

export type Comparison = { parts: Part[]; changes: Changes }

type ComparisonResultProps = { result: (Comparison & ToolReceipt) | null; running: boolean }

/** The comparison's place beside the form: empty, being made, or made. */
export function ComparisonResult({ result, running }: ComparisonResultProps) {
  const { formatCredits } = useFormat()
  if (running) {
    return (
      <Card aria-busy="true">
        <CardHeader>
          <CardTitle>Comparing</CardTitle>
        </CardHeader>
        <CardContent className="grid gap-3">
          <Skeleton className="h-4 w-full" />
          <Skeleton className="h-4 w-11/12" />
          <Skeleton className="h-4 w-2/3" />
        </CardContent>
      </Card>
    )
  }
  if (!result) {
    return (
      <Card>
        <EmptyState
          icon={FileDiffIcon}
          title="Nothing compared yet"
          description="What changed will be marked here."
        />
      </Card>
    )
  }
  const { added, removed, replaced } = result.changes
  const same = added + removed + replaced === 0
  return (
    <Card data-testid="comparison">
      <CardHeader>
        <CardTitle>
          {same
            ? 'Both versions are the same'
            : `${formatCredits(added)} added, ${formatCredits(removed)} removed, ${formatCredits(replaced)} replaced`}
        </CardTitle>
      </CardHeader>
      <CardContent>
        <p className="wrap-anywhere whitespace-pre-wrap text-[0.9375rem] leading-relaxed">
          {result.parts.map((part, place) => (
            // The places of a finished result never change.
            // biome-ignore lint/suspicious/noArrayIndexKey: as above
            <Stretch key={place} part={part} />
          ))}
        </p>
      </CardContent>
      <CardFooter className="flex-wrap justify-between text-muted-foreground text-sm tabular-nums">
        <SpentCredits receipt={result} />
        <ResultActions text={result.parts.map(markInText).join('')} fileName="comparison.txt" />
      </CardFooter>
    </Card>
  )
}

/** Marked by more than a color: what was added is underlined, what was removed struck through. */
function Stretch({ part: { kind, text } }: { part: Part }) {
  if (kind === 'added') {
    return (
      <ins className="rounded-xs bg-primary-soft text-primary-soft-foreground underline underline-offset-4">
        {text}
      </ins>
    )
  }
  if (kind === 'removed') {
    return (
      <del className="rounded-xs bg-destructive-soft text-destructive-soft-foreground line-through">
        {text}
      </del>
    )
  }
  return <span>{text}</span>
}

/** As `wdiff` marks it. */
function markInText({ kind, text }: Part): string {
  if (kind === 'added') return `{+${text}+}`
  return kind === 'removed' ? `[-${text}-]` : text
}
