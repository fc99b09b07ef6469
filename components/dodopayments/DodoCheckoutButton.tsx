'use client'

import { useRouter } from 'next/navigation'
import { type ComponentProps, useCallback, useEffect, useRef, useState } from 'react'
import { toast } from 'sonner'
import { Button } from '@/components/ui/button'
import { CheckoutError, requestCheckout } from './request-checkout'

const TOAST = 'checkout'
const UNEXPECTED = {
  code: 'unexpected',
  message: 'Something went wrong. Nothing was charged; please try again.',
}

type DodoCheckoutButtonProps = {
  packageId: string
} & Pick<ComponentProps<typeof Button>, 'children' | 'className' | 'size' | 'variant'>

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
      window.location.assign(await requestCheckout(packageId))
    } catch (error) {
      setBusy(false)
      const { code, message } = error instanceof CheckoutError ? error : UNEXPECTED
      const signIn = { label: 'Sign in', onClick: () => router.push('/login?next=/buy-credits') }
      toast.error(message, { id: TOAST, action: code === 'unauthorized' ? signIn : undefined })
    }
  }

  return <Button {...props} loading={opening} onClick={openCheckout} />
}
