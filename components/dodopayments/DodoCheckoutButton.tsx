'use client'

import type { Route } from 'next'
import { useRouter } from 'next/navigation'
import type { ComponentProps } from 'react'
import { toast } from 'sonner'
import { useRedirectButton } from '@/components/billing/use-redirect-button'
import { Button } from '@/components/ui/button'
import { api } from '@/lib/api-client'
import { countCredits } from '@/lib/format'
import { ApiCallError } from '@/lib/http/api-client'

const TOAST = 'checkout'
const UNEXPECTED = {
  code: 'unexpected',
  message: 'Something went wrong. Nothing was charged; please try again.',
}

/** Where a refusal can be put right. */
const REMEDIES = new Map<string, { label: string; href: Route }>([
  ['unauthorized', { label: 'Sign in', href: '/login?next=/buy-credits' }],
  ['session_ended', { label: 'Sign in', href: '/login?next=/buy-credits' }],
  ['already_subscribed', { label: 'Billing', href: '/billing' }],
  ['plan_pending', { label: 'Billing', href: '/billing' }],
])

type DodoCheckoutButtonProps = {
  /** What is bought; `planId` is another name of it. */
  packageId?: string
  planId?: string
  /** What a card beside it shows. It decides nothing: the database knows what the package costs and grants. */
  credits?: number
  price?: number
} & Pick<ComponentProps<typeof Button>, 'aria-label' | 'children' | 'className' | 'size' | 'variant'>

/** Leads to the checkout page of a package. */
export function DodoCheckoutButton({
  planId,
  packageId = planId ?? '',
  credits,
  price: _,
  children = credits === undefined ? 'Buy' : `Buy ${countCredits(credits)}`,
  ...props
}: DodoCheckoutButtonProps) {
  const router = useRouter()
  const { leaving, leave } = useRedirectButton()

  async function openCheckout() {
    try {
      await leave(async () => (await api.marketplace.createCheckout({ packageId })).checkoutUrl)
    } catch (error) {
      const { code, message } = error instanceof ApiCallError ? error : UNEXPECTED
      const remedy = REMEDIES.get(code)
      const action = remedy && { label: remedy.label, onClick: () => router.push(remedy.href) }
      toast.error(message, { id: TOAST, action })
    }
  }

  return (
    <Button {...props} loading={leaving} onClick={openCheckout}>
      {children}
    </Button>
  )
}
