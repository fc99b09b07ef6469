import { PowerOffIcon } from 'lucide-react'
import { Alert, AlertDescription, AlertTitle } from '@/components/ui/alert'

/** Why a tool cannot be run for now, in the words of an admin. */
export function ToolOffNotice({ message }: { message: string }) {
  return (
    <Alert role="status">
      <PowerOffIcon aria-hidden />
      <AlertTitle>This tool is off for now</AlertTitle>
      <AlertDescription>{message}</AlertDescription>
    </Alert>
  )
}
