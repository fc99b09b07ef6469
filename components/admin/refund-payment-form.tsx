'use client'

import { type FormEvent, useRef, useState } from 'react'
import { toast } from 'sonner'
import { useFormat } from '@/components/reader/format-provider'
import { Button } from '@/components/ui/button'
import { ChoiceField } from '@/components/ui/choice-field'
import { Field, FieldDescription } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import { Label } from '@/components/ui/label'
import { writeMoney } from '@/lib/admin/parse-money'
import { ReasonField } from './reason-field'
import { REFUND_CARD_ID } from './refund-card-id'
import { RefundConfirmation } from './refund-confirmation'
import { RefusalAlert } from './refusal-alert'
import { useRefund } from './use-refund'

const CHOICES = { all: 'All that is left', part: 'An amount' }

type RefundPaymentFormProps = {
  userId: string
  email: string
  paymentId: string
  /** The wallet that the payment paid into. */
  creditType: string
  /** What is left, in minor units. */
  refundable: number
  currency: string
}

/** Refunds a payment, in whole or in part: first a preview, then, once confirmed, the payment refund itself. */
export function RefundPaymentForm(props: RefundPaymentFormProps) {
  const { formatMoney } = useFormat()
  const { refundable, currency, email, creditType } = props
  const form = useRef<HTMLFormElement>(null)
  const [choice, setChoice] = useState<keyof typeof CHOICES>('all')
  const { order, review, confirm, back, pending, problem } = useRefund(props)

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault()
    const fields = new FormData(event.currentTarget)
    review({
      amount: choice === 'all' ? null : String(fields.get('amount')),
      reason: String(fields.get('reason')),
    })
  }

  async function refund() {
    if (!order || !(await confirm())) return
    form.current?.reset()
    setChoice('all')
    focusCard()
    toast.success(`Refund of ${formatMoney(order.preview.amount, currency)} requested`, {
      description: 'The credits are taken back as soon as the payment provider confirms it.',
    })
  }

  return (
    <>
      <form ref={form} onSubmit={submit} className="grid gap-4" hidden={order !== null}>
        <ChoiceField label="Give back" choices={CHOICES} value={choice} onChange={setChoice} />
        {choice === 'part' && (
          <Field>
            <Label htmlFor="refund-amount">Amount in {currency}</Label>
            <Input
              id="refund-amount"
              name="amount"
              inputMode="decimal"
              autoComplete="off"
              required
              placeholder={writeMoney(refundable, currency)}
              aria-describedby="refund-amount-note"
              className="figures"
            />
            <FieldDescription id="refund-amount-note">
              At most {formatMoney(refundable, currency)}, tax included.
            </FieldDescription>
          </Field>
        )}
        <ReasonField id="refund-reason" note="Kept with the refund and sent to the payment provider." />
        <RefusalAlert refusal={problem} />
        <Button type="submit" variant="outline" loading={pending}>
          Review refund
        </Button>
      </form>
      {order && (
        <RefundConfirmation
          preview={order.preview}
          creditType={creditType}
          email={email}
          problem={problem}
          pending={pending}
          onConfirm={refund}
          onBack={() => {
            back()
            focusCard()
          }}
        />
      )}
    </>
  )
}

/** To what stays, whatever becomes of the form. */
function focusCard() {
  document.getElementById(REFUND_CARD_ID)?.focus({ preventScroll: true })
}
