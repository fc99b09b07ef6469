import { Progress } from '@/components/ui/progress'
import { runProgress } from '@/lib/http/api-client'
import type { Json } from '@/lib/supabase/database.types'

/** How far a run has come, as its process said last; nothing before it said anything. */
export function RunProgressBar({ progress }: { progress: Json }) {
  const told = runProgress.safeParse(progress)
  if (!told.success) return null
  const { done, total, message } = told.data
  return (
    <div className="grid gap-2" data-testid="run-progress">
      <Progress value={done} max={total} aria-label="Progress" />
      <p className="truncate text-muted-foreground text-sm">{message}</p>
    </div>
  )
}
