import { Button } from '@/components/ui/button'

/** What a change of plan does; or that the exact sum is on its way, or could not be had. */
export function PlanChangeNote({
  text,
  problem,
  onRetry,
}: {
  text: string
  problem: string | undefined
  onRetry: () => void
}) {
  return (
    <div aria-live="polite" className="grid justify-items-start gap-3 rounded-lg bg-muted px-4 py-3 text-sm">
      <p>{problem ?? text}</p>
      {problem && (
        <Button variant="outline" size="sm" onClick={onRetry}>
          Try again
        </Button>
      )}
    </div>
  )
}
