import { Card, CardContent, CardHeader, CardTitle } from '@/components/ui/card'
import type { Replay } from '@/lib/admin/read-event'
import { ReplayButton } from './replay-button'
import { Timestamp } from './timestamp'

const OUTCOMES = new Map([
  ['applied', 'Applied'],
  ['known', 'Known already, nothing changed'],
  ['duplicate', 'Applied before, nothing changed'],
  ['ignored', 'Nothing to do'],
  ['reviewed', 'Reviewed, granted nothing'],
  ['failed', 'Failed again'],
])

/** The way to have an event applied again, and who did so before. */
export function ReplaysCard({ id, replays }: { id: string; replays: readonly Replay[] }) {
  return (
    <Card>
      <CardHeader>
        <CardTitle>Replay</CardTitle>
      </CardHeader>
      <CardContent className="grid gap-4">
        <p className="text-muted-foreground text-sm">
          Applies it again as it was received. What was applied before never counts twice.
        </p>
        <ReplayButton id={id} />
        {replays.length > 0 && (
          <ul className="grid divide-y border-t">
            {replays.map((replay) => (
              <li key={replay.id} className="grid gap-0.5 py-3 text-sm last:pb-0">
                <p>{OUTCOMES.get(replay.outcome) ?? replay.outcome}</p>
                {replay.error && <p className="break-words text-muted-foreground">{replay.error}</p>}
                <p className="break-words text-muted-foreground text-xs">
                  <span>{replay.actor && `${replay.actor} · `}</span>
                  <Timestamp at={replay.at} />
                </p>
              </li>
            ))}
          </ul>
        )}
      </CardContent>
    </Card>
  )
}
