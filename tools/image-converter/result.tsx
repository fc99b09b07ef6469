'use client'

import { DownloadIcon, ImagesIcon } from 'lucide-react'
import { SpentCredits } from '@/components/credits/spent-credits'
import { useFormat } from '@/components/reader/format-provider'
import { Button } from '@/components/ui/button'
import { Card, CardContent, CardFooter, CardHeader, CardTitle } from '@/components/ui/card'
import { EmptyState } from '@/components/ui/empty-state'
import { Progress } from '@/components/ui/progress'
import type { ToolReceipt } from '@/lib/credit-manager'
import type { RunProgress } from '@/lib/http/api-client'

type ConvertedImage = { name: string; bytes: number; data: string } | { name: string; error: string }

export type Conversion = { images: ConvertedImage[]; converted: number }

type ImageConverterResultProps = {
  result: (Conversion & ToolReceipt) | null
  progress: RunProgress | null
  running: boolean
}

/** The images' place beside the form: empty, under way with its progress, or done with a line for each. */
export function ImageConverterResult({ result, progress, running }: ImageConverterResultProps) {
  const { formatBytes, formatCredits } = useFormat()
  if (running) return <ConversionProgress progress={progress} />
  if (!result) {
    return (
      <Card>
        <EmptyState
          icon={ImagesIcon}
          title="Nothing converted yet"
          description="Each image will be ready to save here."
        />
      </Card>
    )
  }
  return (
    <Card data-testid="conversion">
      <CardHeader>
        <CardTitle>
          {`${formatCredits(result.converted)} of ${formatCredits(result.images.length)} converted`}
        </CardTitle>
      </CardHeader>
      <CardContent>
        <ul className="grid grid-cols-1 divide-y">
          {result.images.map((image, place) => (
            // Names may repeat; the places of a finished result never change.
            // biome-ignore lint/suspicious/noArrayIndexKey: as above
            <li key={place} className="flex min-h-12 items-center justify-between gap-4 py-2 text-sm">
              <span className="min-w-0 truncate" title={image.name}>
                {image.name}
              </span>
              {'data' in image ? (
                <Button asChild variant="outline" size="sm">
                  <a href={image.data} download={image.name}>
                    <DownloadIcon aria-hidden />
                    <span className="sr-only">{`Save ${image.name}, `}</span>
                    <span>{formatBytes(image.bytes)}</span>
                  </a>
                </Button>
              ) : (
                <span className="text-right text-destructive-soft-foreground text-xs">{image.error}</span>
              )}
            </li>
          ))}
        </ul>
      </CardContent>
      <CardFooter className="text-muted-foreground text-sm tabular-nums">
        <SpentCredits receipt={result} />
      </CardFooter>
    </Card>
  )
}

function ConversionProgress({ progress }: { progress: RunProgress | null }) {
  const { formatCredits } = useFormat()
  const { done, total, message } = progress ?? { done: 0, total: 1, message: 'Uploading' }
  return (
    <Card aria-busy="true">
      <CardHeader>
        <CardTitle aria-live="polite" className="truncate">
          {message}
        </CardTitle>
      </CardHeader>
      <CardContent className="grid gap-2">
        <Progress value={done} max={total} aria-label="Progress" />
        <p className="figures text-muted-foreground text-sm">
          {`${formatCredits(done)} of ${formatCredits(total)}`}
        </p>
      </CardContent>
    </Card>
  )
}
