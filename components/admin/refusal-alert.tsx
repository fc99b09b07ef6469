import { Alert, AlertDescription, AlertTitle } from '@/components/ui/alert'

/** `title` says what it means for the data, `text` why. */
export type Refusal = { title: string; text: string }

/** Why what an admin asked for was not done; nothing without a refusal. */
export function RefusalAlert({ refusal }: { refusal: Refusal | null }) {
  if (!refusal) return null
  return (
    <Alert variant="destructive" role="alert">
      <AlertTitle>{refusal.title}</AlertTitle>
      <AlertDescription>{refusal.text}</AlertDescription>
    </Alert>
  )
}
