import { Alert, AlertDescription } from '@/components/ui/alert'
import { Badge } from '@/components/ui/badge'
import { Card, CardContent, CardHeader, CardTitle } from '@/components/ui/card'
import type { ToolFigures } from '@/lib/admin/list-tool-figures'
import { readFormat } from '@/lib/reader/read-reader'
import { Detail } from '../credits/detail'
import { ToolSwitch } from './tool-switch'

type ToolCardProps = {
  adminId: string
  tool: { id: string; name: string }
  figures: ToolFigures | undefined
  /** What is wrong with its price; null when nothing is. */
  warning: string | null
  /** The sentence that users read while it is off; null while it is on. */
  off: string | null
}

/** A tool with its figures, and its switch. */
export async function ToolCard({ adminId, tool, figures, warning, off }: ToolCardProps) {
  const { formatCredits, formatDollars } = await readFormat()
  const { runs = 0, charged = 0, cost = 0, earned = 0 } = figures ?? {}
  const isBelowCost = earned !== null && earned < cost
  return (
    <Card data-tool={tool.id}>
      <CardHeader className="flex flex-row items-center justify-between">
        <CardTitle>{tool.name}</CardTitle>
        {off !== null && <Badge variant="warning">Off</Badge>}
      </CardHeader>
      <CardContent className="grid gap-5">
        <dl className="grid grid-cols-2 gap-5 sm:grid-cols-4">
          <Detail name="Runs">{formatCredits(runs)}</Detail>
          <Detail name="Credits charged">{formatCredits(charged)}</Detail>
          <Detail name="Cost">{formatDollars(cost)}</Detail>
          <Detail name="Margin">{earned === null ? 'Unknown' : formatDollars(earned - cost)}</Detail>
        </dl>
        {(warning || isBelowCost) && (
          <Alert variant="warning">
            <AlertDescription>
              {warning ?? 'Its runs cost more than they earned. Raise its price, or find a cheaper provider.'}
            </AlertDescription>
          </Alert>
        )}
        <ToolSwitch adminId={adminId} tool={tool.id} off={off} />
      </CardContent>
    </Card>
  )
}
