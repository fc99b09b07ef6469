'use client'

import type { Route } from 'next'
import { useRouter } from 'next/navigation'
import { type ComponentProps, useCallback, useEffect, useRef, useState } from 'react'
import { toast } from 'sonner'
import { z } from 'zod'
import { Button } from '@/components/ui/button'
import { callPayments, PaymentCallError } from './call-payments'

const TOAST = 'checkout'
const opened = z.object({ checkoutUrl: z.url({ protocol: /^https?$/ }) })
const UNEXPECTED = {
  code: 'unexpected',
  message: 'Something went wrong. Nothing was charged; please try again.',
}
/** Where a refusal can be put right. */
const REMEDIES = new Map<string, { label: string; href: Route }>([
  ['unauthorized', { label: 'Sign in', href: '/login?next=/buy-credits' }],
  ['already_subscribed', { label: 'Billing', href: '/billing' }],
])

type DodoCheckoutButtonProps = {
  packageId: string
} & Pick<ComponentProps<typeof Button>, 'aria-label' | 'children' | 'className' | 'size' | 'variant'>

/** Leads to the checkout page of a package. Stays busy until the browser has left, so a double click opens one. */
export function DodoCheckoutButton({ packageId, ...props }: DodoCheckoutButtonProps) {
  const router = useRouter()
  const busy = useRef(false)
  const [opening, setOpening] = useState(false)

  const setBusy = useCallback((value: boolean) => {
    // The ref answers at once; the state would let a second click through before the next render.
    busy.current = value
    setOpening(value)
  }, [])

  useEffect(() => {
    // "Back" from the checkout may bring this page out of the browser's cache just as it was left: busy.
    function onPageShow(event: PageTransitionEvent) {
      if (event.persisted) setBusy(false)
    }
    window.addEventListener('pageshow', onPageShow)
    return () => window.removeEventListener('pageshow', onPageShow)
  }, [setBusy])

  async function openCheckout() {
    if (busy.current) return
    setBusy(true)
    try {
      const { checkoutUrl } = await callPayments('checkout', { packageId }, { answer: opened })
      window.location.assign(checkoutUrl)
    } catch (error) {
      setBusy(false)
      const { code, message } = error instanceof PaymentCallError ? error : UNEXPECTED
      const remedy = REMEDIES.get(code)
      const action = remedy && { label: remedy.label, onClick: () => router.push(remedy.href) }
      toast.error(message, { id: TOAST, action })
    }
  }

  return <Button {...props} loading={opening} onClick={openCheckout} />
}
