'use client'

import { Button } from '@/components/ui/button'
import { OnDemand } from '@/components/ui/on-demand'

const loadDialog = () => import('./close-account-dialog').then((module) => module.CloseAccountDialog)

/** The way out for good, which asks first. */
export function CloseAccount(props: { email: string }) {
  const button = (
    <Button variant="outline" className="w-fit text-destructive hover:text-destructive">
      Close account
    </Button>
  )
  return <OnDemand kind="dialog" load={loadDialog} button={button} props={props} />
}
