import type { ReactNode } from 'react'
import { Card, CardContent, CardHeader, CardTitle } from '@/components/ui/card'
import type { PaymentDetails } from '@/lib/admin/read-payment'
import { readFormat } from '@/lib/reader/read-reader'
import { CopyId } from './copy-id'
import { StateBadge } from './state-badge'
import { Timestamp } from './timestamp'

/** The refunds of a payment, newest first, those included that were only asked for. */
export function PaymentRefunds({ refunds }: Pick<PaymentDetails, 'refunds'>) {
  if (refunds.length === 0) return null
  return (
    <Returns title="Refunds">
      {refunds.map((refund) => (
        <Return
          key={refund.id}
          state={refund.status}
          amount={refund.amount}
          currency={refund.currency}
          id={refund.provider_refund_id}
          at={refund.created_at}
        >
          {refund.reason && <p className="break-words text-sm">{refund.reason}</p>}
          {refund.error && (
            <p className="break-words text-destructive-soft-foreground text-sm">{refund.error}</p>
          )}
        </Return>
      ))}
    </Returns>
  )
}

/** The disputes of a payment, newest first. */
export function PaymentDisputes({ disputes }: Pick<PaymentDetails, 'disputes'>) {
  if (disputes.length === 0) return null
  return (
    <Returns title="Disputes">
      {disputes.map((dispute) => (
        <Return
          key={dispute.id}
          state={dispute.status}
          amount={dispute.amount}
          currency={dispute.currency}
          id={dispute.provider_dispute_id}
          at={dispute.status_at}
        />
      ))}
    </Returns>
  )
}

function Returns({ title, children }: { title: string; children: ReactNode }) {
  return (
    <Card>
      <CardHeader>
        <CardTitle>{title}</CardTitle>
      </CardHeader>
      <CardContent>
        <ul className="grid divide-y">{children}</ul>
      </CardContent>
    </Card>
  )
}

type ReturnProps = {
  state: string
  amount: number | null
  currency: string | null
  id: string | null
  at: string
  children?: ReactNode
}

async function Return({ state, amount, currency, id, at, children }: ReturnProps) {
  const { formatMoney } = await readFormat()
  return (
    <li className="grid gap-1 py-3 first:pt-0 last:pb-0">
      <div className="flex flex-wrap items-center justify-between gap-2">
        <StateBadge state={state} />
        <span className="figures font-medium text-sm">
          {amount !== null && currency !== null ? formatMoney(amount, currency) : 'All that was left'}
        </span>
      </div>
      {children}
      <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1 text-muted-foreground text-xs">
        <Timestamp at={at} />
        {id && <CopyId id={id} name="id" />}
      </div>
    </li>
  )
}
