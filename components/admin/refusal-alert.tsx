import { Alert, AlertDescription, AlertTitle } from '@/components/ui/alert'

/** Why what an admin asked for was not done; nothing without a refusal. */
export function RefusalAlert({ refusal }: { refusal: string | null }) {
  if (!refusal) return null
  return (
    <Alert variant="destructive" role="alert">
      <AlertTitle>Nothing was changed</AlertTitle>
      <AlertDescription>{refusal}</AlertDescription>
    </Alert>
  )
}
