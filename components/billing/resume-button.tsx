'use client'

import type { ComponentProps } from 'react'
import { Button } from '@/components/ui/button'
import { usePlanAction } from './use-plan-action'

/** Takes back what was to happen when the period ends. */
export function ResumeButton(props: Pick<ComponentProps<typeof Button>, 'children' | 'variant'>) {
  const { act, pending } = usePlanAction()
  return <Button {...props} loading={pending} onClick={() => act({ action: 'resume' })} />
}
