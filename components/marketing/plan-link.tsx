'use client'

import { useEffect, useState } from 'react'
import { buttonVariants } from '@/components/ui/button-variants'
import { readOwnPlan } from './read-own-plan'

type PlanLinkProps = { id: string; name: string; popular: boolean; href: string }

/** What somebody signed in does with a plan: subscribe, or change the one they have. The page around it knows nobody. */
export function PlanLink({ id, name, popular, href }: PlanLinkProps) {
  const [ownId, setOwnId] = useState<string | null>(null)
  useEffect(() => {
    void readOwnPlan().then(setOwnId)
  }, [])
  const label = ownId === null ? 'Subscribe' : ownId === id ? 'Current plan' : 'Change plan'
  const variant = popular && ownId === null ? 'default' : 'outline'
  return (
    <a
      href={ownId === null ? href : '/billing'}
      aria-label={`${label}: ${name}`}
      className={buttonVariants({ variant, className: 'signed-out:hidden' })}
    >
      {label}
    </a>
  )
}
