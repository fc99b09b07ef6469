import { EyeOffIcon } from 'lucide-react'
import { Alert, AlertDescription, AlertTitle } from '@/components/ui/alert'

/** Says why an admin is on this page who wanted one of the view. */
export function ViewOverNotice() {
  return (
    <Alert role="status">
      <EyeOffIcon aria-hidden />
      <AlertTitle>You are not viewing this account</AlertTitle>
      <AlertDescription>
        A view ends after half an hour, with your session, or when you stop it. Begin again with View as.
      </AlertDescription>
    </Alert>
  )
}
