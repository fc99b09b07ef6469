'use client'

import { InfoIcon } from 'lucide-react'
import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { Sheet, SheetContent, SheetTitle, SheetTrigger } from '@/components/ui/sheet'
import type { LedgerRow } from '@/lib/account/list-transactions'
import { formatDateTime, formatSignedCredits } from '@/lib/format'
import { Explanation } from './explanation'
import { SignedAmount } from './signed-amount'

/** Opens what made a row of one's own ledger: price rule, membership, inputs, grants, and how the run ended. */
export function WhyButton({ row }: { row: LedgerRow }) {
  const [open, setOpen] = useState(false)
  return (
    <Sheet open={open} onOpenChange={setOpen}>
      <SheetTrigger asChild>
        <Button
          variant="ghost"
          size="icon"
          className="size-8 text-muted-foreground"
          aria-label={`Why ${formatSignedCredits(row.amount)}`}
        >
          <InfoIcon aria-hidden />
        </Button>
      </SheetTrigger>
      <SheetContent side="right">
        <div className="grid gap-1 pr-8">
          <SheetTitle className="break-words font-semibold tracking-tight">
            {row.description ?? row.action ?? 'Transaction'}
          </SheetTitle>
          <p className="flex items-baseline gap-2 text-muted-foreground text-sm">
            <SignedAmount amount={row.amount} />
            <time dateTime={row.created_at}>{formatDateTime(row.created_at)} UTC</time>
          </p>
        </div>
        {open && <Explanation transactionId={row.id} creditType={row.credit_type} />}
      </SheetContent>
    </Sheet>
  )
}
