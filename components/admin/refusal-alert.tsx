import { Alert, AlertDescription, AlertTitle } from '@/components/ui/alert'

type RefusalAlertProps = {
  refusal: string | null
  /** What it means for the data. */
  title?: string
}

/** Why what an admin asked for was not done; nothing without a refusal. */
export function RefusalAlert({ refusal, title = 'Nothing was changed' }: RefusalAlertProps) {
  if (!refusal) return null
  return (
    <Alert variant="destructive" role="alert">
      <AlertTitle>{title}</AlertTitle>
      <AlertDescription>{refusal}</AlertDescription>
    </Alert>
  )
}
