'use client'

import { DownloadIcon, ImageIcon } from 'lucide-react'
import { SpentCredits } from '@/components/credits/spent-credits'
import { useFormat } from '@/components/reader/format-provider'
import { Button } from '@/components/ui/button'
import { Card, CardContent, CardFooter } from '@/components/ui/card'
import { EmptyState } from '@/components/ui/empty-state'
import { Skeleton } from '@/components/ui/skeleton'
import type { ToolReceipt } from '@/lib/credit-manager'

export type DrawnCard = { image: string; width: number; height: number; bytes: number }

/** The card's place beside the form: empty, being drawn, or drawn and ready to be saved. */
export function SocialCardResult({
  result,
  running,
}: {
  result: (DrawnCard & ToolReceipt) | null
  running: boolean
}) {
  const { formatCredits } = useFormat()
  if (running) {
    return (
      <Card aria-busy="true">
        <CardContent>
          <Skeleton className="aspect-[1200/630] w-full" />
        </CardContent>
      </Card>
    )
  }
  if (!result) {
    return (
      <Card>
        <EmptyState
          icon={ImageIcon}
          title="No card yet"
          description="It will appear here, ready to be saved."
        />
      </Card>
    )
  }
  return (
    <Card data-testid="social-card">
      <CardContent>
        {/* biome-ignore lint/performance/noImgElement: the picture is in the answer itself; there is nothing to optimize */}
        <img
          src={result.image}
          width={result.width}
          height={result.height}
          alt="The card as it will be shown"
          className="h-auto w-full rounded-lg border"
        />
      </CardContent>
      <CardFooter className="flex-wrap justify-between text-muted-foreground text-sm tabular-nums">
        <span>
          <span>{`${formatCredits(result.width)} × ${formatCredits(result.height)} px · `}</span>
          <SpentCredits receipt={result} />
        </span>
        <Button asChild variant="outline" size="sm">
          <a href={result.image} download="social-card.png">
            <DownloadIcon aria-hidden />
            Save PNG
          </a>
        </Button>
      </CardFooter>
    </Card>
  )
}
