'use client'

import type { ComponentProps } from 'react'
import { toast } from 'sonner'
import { z } from 'zod'
import { Button } from '@/components/ui/button'
import { callApi, describeError } from '@/lib/http/api-client'
import { useRedirectButton } from './use-redirect-button'

const opened = z.object({ url: z.url({ protocol: /^https?$/ }) })

/** Leads to the customer portal, where cards are changed. */
export function PortalButton(
  props: Pick<ComponentProps<typeof Button>, 'children' | 'className' | 'size' | 'variant'>,
) {
  const { leaving, leave } = useRedirectButton()

  async function open() {
    try {
      await leave(async () => (await callApi('/api/dodopayments/portal', { body: {}, reply: opened })).url)
    } catch (error) {
      toast.error(describeError(error))
    }
  }

  return <Button {...props} loading={leaving} onClick={open} />
}
