'use client'

import { useFormat } from '@/components/reader/format-provider'
import { type ToolReceipt, useCreditType } from '@/lib/credit-manager'

/** What a run cost, in the unit of the wallet that paid: `2 image credits spent`. */
export function SpentCredits({ receipt: { creditsUsed, creditType } }: { receipt: ToolReceipt }) {
  const { countCredits } = useFormat()
  const unit = useCreditType(creditType)
  return <span>{`${countCredits(creditsUsed, unit)} spent`}</span>
}
