'use client'

import type { ComponentProps } from 'react'
import { toast } from 'sonner'
import { z } from 'zod'
import { callPayments, PaymentCallError } from '@/components/billing/call-payments'
import { useRedirectButton } from '@/components/billing/use-redirect-button'
import { Button } from '@/components/ui/button'

const opened = z.object({ url: z.url({ protocol: /^https?$/ }) })

/** Leads to the customer portal, where cards are changed. */
export function PortalButton(props: Pick<ComponentProps<typeof Button>, 'children' | 'size' | 'variant'>) {
  const { leaving, leave } = useRedirectButton()

  async function open() {
    try {
      await leave(async () => (await callPayments('portal', {}, { answer: opened })).url)
    } catch (error) {
      const unexpected = 'Something went wrong. Please try again.'
      toast.error(error instanceof PaymentCallError ? error.message : unexpected)
    }
  }

  return <Button {...props} loading={leaving} onClick={open} />
}
