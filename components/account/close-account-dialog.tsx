'use client'

import { type FormEvent, type ReactElement, useState } from 'react'
import { z } from 'zod'
import {
  AlertDialog,
  AlertDialogCancel,
  AlertDialogContent,
  AlertDialogDescription,
  AlertDialogTitle,
  AlertDialogTrigger,
} from '@/components/ui/alert-dialog'
import { Button } from '@/components/ui/button'
import { DialogFooter } from '@/components/ui/dialog'
import { ApiCallError, callApi } from '@/lib/http/api-client'
import { ConfirmAddressField } from './confirm-address-field'

const closed = z.object({ closed: z.literal(true) })

/** Closes the account of who is signed in, once they have typed its address. */
export function CloseAccountDialog({ button, email }: { button: ReactElement; email: string }) {
  const [pending, setPending] = useState(false)
  const [problem, setProblem] = useState<string | null>(null)

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault()
    const confirmation = String(new FormData(event.currentTarget).get('confirmation'))
    setPending(true)
    setProblem(null)
    try {
      await callApi('/api/account/close', { body: { confirmation }, reply: closed })
      // Anew, so that nothing of the account is left in this tab.
      window.location.assign('/account-closed')
    } catch (error) {
      if (!(error instanceof ApiCallError)) throw error
      setProblem(error.message)
      setPending(false)
    }
  }

  return (
    <AlertDialog defaultOpen onOpenChange={() => setProblem(null)}>
      <AlertDialogTrigger asChild>{button}</AlertDialogTrigger>
      <AlertDialogContent>
        <form onSubmit={submit} className="grid gap-4">
          <div className="grid gap-1.5">
            <AlertDialogTitle>Close your account?</AlertDialogTitle>
            <AlertDialogDescription>
              This cannot be undone. Your plan is canceled, your remaining credits are lost, and your name,
              your address and what you entered are deleted. Records of payments and credits stay, without
              your name.
            </AlertDialogDescription>
          </div>
          <ConfirmAddressField email={email} problem={problem} />
          <DialogFooter>
            <AlertDialogCancel asChild>
              <Button type="button" variant="outline">
                Keep the account
              </Button>
            </AlertDialogCancel>
            <Button type="submit" variant="destructive" loading={pending}>
              Close for good
            </Button>
          </DialogFooter>
        </form>
      </AlertDialogContent>
    </AlertDialog>
  )
}
