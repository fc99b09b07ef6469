'use client'

import { type ToolReceipt, useCreditType } from '@/lib/credit-manager'
import { countCredits } from '@/lib/format'

/** What a run cost, in the unit of the wallet that paid: `2 image credits spent`. */
export function SpentCredits({ receipt: { creditsUsed, creditType } }: { receipt: ToolReceipt }) {
  const unit = useCreditType(creditType)
  return <span>{`${countCredits(creditsUsed, unit)} spent`}</span>
}
