'use client'

import { Button } from '@/components/ui/button'
import { ConfirmDialog } from '@/components/ui/confirm-dialog'
import { useKeyCall } from './use-key-call'

/** Revokes a key for good. */
export function RevokeKey({ id, name }: { id: number; name: string }) {
  const { change, pending, problem } = useKeyCall()
  return (
    <ConfirmDialog
      trigger={
        <Button
          variant="outline"
          size="sm"
          className="text-destructive hover:text-destructive"
          aria-label={`Revoke ${name}`}
        >
          Revoke
        </Button>
      }
      title={`Revoke ${name}?`}
      description="It stops working at once, for good. Runs that it has started end as usual."
      keep="Keep it"
      confirm="Revoke key"
      pending={pending}
      problem={problem}
      onConfirm={() => change(id, { action: 'revoke' })}
    />
  )
}
