'use client'

import { CopyIcon } from 'lucide-react'
import { ResultActions } from '@/components/credits/result-actions'
import { RunProgressBar } from '@/components/credits/run-progress-bar'
import { SpentCredits } from '@/components/credits/spent-credits'
import { useFormat } from '@/components/reader/format-provider'
import { Card, CardContent, CardFooter, CardHeader, CardTitle } from '@/components/ui/card'
import { EmptyState } from '@/components/ui/empty-state'
import type { ToolReceipt } from '@/lib/credit-manager'
import type { RunProgress } from '@/lib/http/api-client'

export type Duplicates = { found: number; pairs: { first: string; second: string; percent: number }[] }

type DuplicatesResultProps = {
  result: (Duplicates & ToolReceipt) | null
  progress: RunProgress | null
  running: boolean
}

/** The pairs' place beside the form: empty, under way with its progress, or found. */
export function DuplicatesResult({ result, progress, running }: DuplicatesResultProps) {
  const { formatCredits } = useFormat()
  if (running) {
    return (
      <Card aria-busy="true">
        <CardHeader>
          <CardTitle>Comparing</CardTitle>
        </CardHeader>
        <CardContent>
          <RunProgressBar progress={progress} />
        </CardContent>
      </Card>
    )
  }
  if (!result) {
    return (
      <Card>
        <EmptyState icon={CopyIcon} title="No list yet" description="Pairs of lines will appear here." />
      </Card>
    )
  }
  return (
    <Card data-testid="duplicates">
      <CardHeader>
        <CardTitle>{`${formatCredits(result.found)} ${result.found === 1 ? 'pair' : 'pairs'} found`}</CardTitle>
      </CardHeader>
      <CardContent>
        <ul className="grid grid-cols-1 divide-y">
          {result.pairs.map(({ first, second, percent }, place) => (
            // Pairs may repeat; the places of a finished result never change.
            // biome-ignore lint/suspicious/noArrayIndexKey: as above
            <li key={place} className="grid gap-0.5 py-2 text-sm">
              <span className="truncate">{first}</span>
              <span className="truncate">{second}</span>
              <span className="figures text-muted-foreground text-xs">{`${percent} % alike`}</span>
            </li>
          ))}
        </ul>
      </CardContent>
      <CardFooter className="flex-wrap justify-between text-muted-foreground text-sm tabular-nums">
        <SpentCredits receipt={result} />
        <ResultActions
          text={result.pairs.map(({ first, second }) => `${first}\t${second}`).join('\n')}
          fileName="duplicates.txt"
        />
      </CardFooter>
    </Card>
  )
}
