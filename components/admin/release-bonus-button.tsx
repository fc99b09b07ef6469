'use client'

import { Button } from '@/components/ui/button'
import { RefusalAlert } from './refusal-alert'
import { useAdminCall } from './use-admin-call'

/** Releases a held sign-up bonus, or says why not. */
export function ReleaseBonusButton({ userId }: { userId: string }) {
  const { call, pending, refusal } = useAdminCall<object>(userId, {
    path: '/api/admin/signup-bonuses',
    keyed: false,
  })
  return (
    <div className="mt-3 grid gap-3">
      <Button variant="outline" className="w-fit" loading={pending} onClick={() => call({ userId })}>
        Release the bonus
      </Button>
      <RefusalAlert refusal={refusal} />
    </div>
  )
}
