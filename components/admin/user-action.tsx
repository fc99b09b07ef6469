'use client'

import { useRouter } from 'next/navigation'
import { type FormEvent, type ReactNode, useState } from 'react'
import { toast } from 'sonner'
import { Button } from '@/components/ui/button'
import { cn } from '@/lib/utils'
import { ActionSheet } from './action-sheet'
import { ReasonField } from './reason-field'
import { RefusalAlert } from './refusal-alert'
import { useAdminCall } from './use-admin-call'

type UserActionProps = {
  userId: string
  /** Where it is sent, as '/api/admin/users/ban'. */
  path: string
  /** What is sent beside the user and the reason. */
  body?: object
  /** What the button says that opens it. */
  label: string
  title: string
  /** What it will do, and what it leaves as it is. */
  description: string
  /** What the button says that does it. */
  confirm: ReactNode
  /** What is said once it is done. */
  done: string
  /** Where it leads then; it stays by default. */
  next?: `/admin/users/${string}`
  destructive?: boolean
}

/** Something an admin does to a user that takes a reason and nothing else. */
export function UserAction({
  userId,
  path,
  body,
  label,
  title,
  description,
  confirm,
  done,
  next,
  destructive = false,
}: UserActionProps) {
  const router = useRouter()
  const [open, setOpen] = useState(false)
  const { call, pending, refusal } = useAdminCall<object>(userId, { path, keyed: false })

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault()
    const reason = String(new FormData(event.currentTarget).get('reason'))
    if (!(await call({ userId, ...body, reason }))) return
    setOpen(false)
    toast.success(done)
    if (next) router.push(next)
  }

  return (
    <ActionSheet
      open={open}
      onOpenChange={setOpen}
      trigger={
        <Button
          variant="outline"
          size="sm"
          className={cn('w-fit', destructive && 'text-destructive hover:text-destructive')}
        >
          {label}
        </Button>
      }
      title={title}
      description={description}
    >
      <form onSubmit={submit} className="grid gap-4">
        <ReasonField id={`${path.split('/').at(-1)}-reason`} note="Kept in the audit log." />
        <RefusalAlert refusal={refusal} />
        <Button type="submit" variant={destructive ? 'destructive' : 'default'} loading={pending}>
          {confirm}
        </Button>
      </form>
    </ActionSheet>
  )
}
