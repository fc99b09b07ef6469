import { CopyCheckIcon, LockIcon, ReceiptTextIcon, ScaleIcon, Undo2Icon, WebhookIcon } from 'lucide-react'
import { Section } from './section'

const PROMISES = [
  {
    icon: ScaleIcon,
    title: 'Never below zero',
    text: 'Fifty calls at once against a balance of twenty: twenty are served, thirty are refused.',
    proof: 'credits_balance_not_negative',
  },
  {
    icon: CopyCheckIcon,
    title: 'Asked twice, charged once',
    text: 'A retried request carries the same key, and a key is charged one time, however often it comes.',
    proof: 'idempotency_key',
  },
  {
    icon: ReceiptTextIcon,
    title: 'A ledger nobody edits',
    text: 'Update and delete are refused by the table itself, whoever asks.',
    proof: 'private.refuse_change()',
  },
  {
    icon: WebhookIcon,
    title: 'A payment counts once',
    text: 'Deliveries may come late, twice or out of order. The grant and its claim are one transaction.',
    proof: 'apply_payment()',
  },
  {
    icon: Undo2Icon,
    title: 'Failures are refunded',
    text: 'Never more than the charge, never twice, and always visible as a row of its own.',
    proof: 'refund_transaction()',
  },
  {
    icon: LockIcon,
    title: 'Browsers only read',
    text: 'Row-level security shows people their own rows. What changes a balance, only the server may call.',
    proof: 'grant execute … to service_role',
  },
]

export function Promises() {
  return (
    <Section
      id="promises"
      title="The database keeps the promises"
      description="Rules that money depends on live in constraints and functions of Postgres, where no bug in a page can get around them."
    >
      <ul className="grid gap-px overflow-hidden rounded-xl border bg-border sm:grid-cols-2 lg:grid-cols-3">
        {PROMISES.map(({ icon: Icon, title, text, proof }) => (
          <li key={title} className="grid content-start gap-2.5 bg-card p-6">
            <Icon aria-hidden className="size-5 text-primary" />
            <h3 className="mt-1 font-semibold text-[0.9375rem]">{title}</h3>
            <p className="text-muted-foreground text-sm leading-relaxed">{text}</p>
            <code className="mt-1 font-mono text-muted-foreground text-xs">{proof}</code>
          </li>
        ))}
      </ul>
    </Section>
  )
}
