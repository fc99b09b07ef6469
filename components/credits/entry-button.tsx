'use client'

import { useState } from 'react'
import { useFormat } from '@/components/reader/format-provider'
import { Sheet, SheetContent, SheetTitle, SheetTrigger } from '@/components/ui/sheet'
import type { LedgerRow } from '@/lib/account/list-transactions'
import { useCreditType } from '@/lib/credit-manager'
import { type Charge, describeEntry } from './describe-entry'
import { Explanation } from './explanation'
import { SignedAmount } from './signed-amount'

type EntryButtonProps = {
  row: Omit<LedgerRow, 'seq'>
  charge: Charge | null
  /** How the row is called in its list. */
  title: string
}

/** The name of a ledger row, which opens what made it. All of the row around it is its target. */
export function EntryButton({ row, charge, title }: EntryButtonProps) {
  const [open, setOpen] = useState(false)
  const unit = useCreditType(row.credit_type)
  const format = useFormat()
  return (
    <Sheet open={open} onOpenChange={setOpen}>
      <SheetTrigger asChild>
        <button
          type="button"
          className="block w-full cursor-pointer text-left outline-none after:absolute after:inset-0 focus-visible:after:ring-2 focus-visible:after:ring-ring focus-visible:after:ring-inset"
        >
          <span className="line-clamp-2 break-words">{title}</span>
          <span className="sr-only">{`, ${format.formatSignedCredits(row.amount)}`}</span>
        </button>
      </SheetTrigger>
      <SheetContent side="right">
        <div className="grid gap-1 pr-8">
          <SheetTitle className="break-words font-semibold tracking-tight">{title}</SheetTitle>
          <p className="flex flex-wrap items-baseline gap-x-2 text-muted-foreground text-sm">
            <SignedAmount amount={row.amount} />
            <time dateTime={row.created_at}>{format.formatTimestamp(row.created_at)}</time>
          </p>
          <p className="mt-2 text-sm">{describeEntry(row, charge, { unit, format })}</p>
        </div>
        {open && (
          <Explanation transactionId={row.id} creditType={row.credit_type} what={charge?.what ?? null} />
        )}
      </SheetContent>
    </Sheet>
  )
}
