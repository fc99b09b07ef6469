'use client'

import { SparklesIcon } from 'lucide-react'
import Link from 'next/link'
import { useState } from 'react'
import { toast } from 'sonner'
import { useFormat } from '@/components/reader/format-provider'
import { Button } from '@/components/ui/button'
import { walletQuery } from '@/lib/account/choose-wallet'
import { useCreditManager, useCreditType, useCreditTypes } from '@/lib/credit-manager'
import { describeError } from '@/lib/http/api-client'

type RunButtonProps = {
  userId: string
  /** What one run costs, in whole credits of `creditType`. */
  price: number
  /** What is needed to begin, where `price` is the most that a run may cost; the price by default. */
  startsAt?: number
  /** The wallet that pays, as the form of a tool is given it. */
  creditType: string
  running: boolean
  /** Ends the run that is on its way; not there before it can. */
  onCancel?: () => Promise<void>
  label: string
  /** Why it cannot run yet for a reason other than credits, as "Enter a text first."; null when it can. */
  notReady?: string | null
}

/** Submits a paid form: shows the price, and when it is disabled says why and where to buy more. */
export function RunButton({
  userId,
  price,
  startsAt = price,
  creditType,
  running,
  onCancel,
  label,
  notReady = null,
}: RunButtonProps) {
  const { countCredits } = useFormat()
  const { balance, loading } = useCreditManager(userId, creditType)
  const unit = useCreditType(creditType)
  const types = useCreditTypes() // #only payments
  const short = !loading && balance < startsAt
  return (
    <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
      <Button
        type="submit"
        disabled={short || notReady !== null}
        loading={running}
        aria-describedby="run-note"
      >
        {!running && <SparklesIcon aria-hidden />}
        <span>{`${label} · ${startsAt < price ? 'up to ' : ''}${countCredits(price, unit)}`}</span>
      </Button>
      {running && onCancel && <CancelRun onCancel={onCancel} />}
      <p id="run-note" className="text-muted-foreground text-sm" aria-live="polite">
        <span>{short ? `You need ${countCredits(startsAt - balance, unit)} more. ` : notReady}</span>
        {/* #region payments */}
        {short && (
          <Link
            href={{ pathname: '/buy-credits', query: walletQuery(unit, types) }}
            className="font-medium text-primary underline-offset-4 hover:underline"
          >
            {`Buy ${unit.unitPlural}`}
          </Link>
        )}
        {/* #endregion */}
      </p>
    </div>
  )
}

function CancelRun({ onCancel }: { onCancel: () => Promise<void> }) {
  const [pending, setPending] = useState(false)
  function cancel() {
    setPending(true)
    onCancel().catch((error) => {
      setPending(false)
      toast.error(describeError(error))
    })
  }
  return (
    <Button type="button" variant="outline" onClick={cancel} loading={pending}>
      Cancel
    </Button>
  )
}
