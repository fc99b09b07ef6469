'use client'

import { Button } from '@/components/ui/button'
import { useOnDemand } from '@/components/ui/use-on-demand'

const loadDialog = () => import('./close-account-dialog').then((module) => module.CloseAccountDialog)

/** The way out for good, which asks first. */
export function CloseAccount({ email }: { email: string }) {
  const { Loaded, triggers } = useOnDemand('dialog', loadDialog)
  const button = (
    <Button variant="outline" className="w-fit text-destructive hover:text-destructive" {...triggers}>
      Close account
    </Button>
  )
  return Loaded ? <Loaded button={button} email={email} /> : button
}
