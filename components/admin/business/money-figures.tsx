import type { Period } from '@/lib/admin/business/business-period'
import type { Business, FigureOf } from '@/lib/admin/business/read-business'
import { REFERENCE_CURRENCY, sumInReference } from '@/lib/catalog/reference-currency'
import type { Format } from '@/lib/format'
import { FigureCard } from './figure-card'
import { FigureSection } from './figure-section'
import { paymentsOf } from './payments-of'
import { writeCount, writeShare } from './write-figure'

type MoneyFiguresProps = { business: Business; period: Period; format: Format }

/** What came in, what of it went back, and what plans bring in a month. */
export function MoneyFigures({ business, period, format }: MoneyFiguresProps) {
  const share = (part: string, whole: string) => writeShare(format, business.share(part, whole))
  const plans = { pathname: '/admin/subscriptions' } as const
  return (
    <FigureSection
      id="money"
      title="Money"
      className="grid-cols-1 min-[22rem]:grid-cols-2 max-sm:gap-3 lg:grid-cols-3"
    >
      <FigureCard
        label="Revenue"
        {...inReference(business.each('revenue'), format)}
        href={paymentsOf(period, { status: 'charged' })}
      >
        <Currencies figures={business.each('revenue')} format={format} />
      </FigureCard>
      <FigureCard
        label="Monthly recurring revenue"
        {...inReference(business.each('mrr'), format)}
        href={{ ...plans, query: { status: 'active' } }}
      >
        <Currencies figures={business.each('mrr')} format={format} />
      </FigureCard>
      <FigureCard
        label="Paying subscribers"
        {...writeCount(format, business.total('subscribers'))}
        href={{ ...plans, query: { status: 'active' } }}
      />
      <FigureCard label="Churn" {...share('churned', 'first_subscribers')} href={plans}>
        <Note>Of those who paid for a plan when the period began, who no longer does.</Note>
      </FigureCard>
      <FigureCard
        label="Refund rate"
        {...share('refunded_payments', 'payments')}
        href={paymentsOf(period, { status: 'charged_refunded' })}
      >
        <Note>Of the payments of the period, those refunded since, in whole or in part.</Note>
      </FigureCard>
      <FigureCard
        label="Dispute rate"
        {...share('disputed_payments', 'payments')}
        href={paymentsOf(period, { status: 'charged_disputed' })}
      >
        <Note>Of the payments of the period, those disputed since, however it ended.</Note>
      </FigureCard>
    </FigureSection>
  )
}

function Note({ children }: { children: string }) {
  return <p className="text-muted-foreground text-xs">{children}</p>
}

function inReference(figures: readonly FigureOf[], format: Format) {
  const sum = (of: 'amount' | 'before') =>
    sumInReference(figures.map((figure) => ({ amount: figure[of], currency: figure.subject }))).amount
  return {
    value: format.formatMoney(sum('amount'), REFERENCE_CURRENCY),
    before: format.formatMoney(sum('before'), REFERENCE_CURRENCY),
  }
}

/** The sum by currency, where there is any but the reference; and which of them are not in it. */
function Currencies({ figures, format }: { figures: readonly FigureOf[]; format: Format }) {
  if (figures.every(({ subject }) => subject === REFERENCE_CURRENCY)) return null
  const { missing } = sumInReference(figures.map(({ subject }) => ({ amount: 0, currency: subject })))
  return (
    <ul className="figures grid gap-0.5 text-muted-foreground text-xs">
      {figures.map(({ subject, amount, before }) => (
        <li key={subject}>
          {`${format.formatMoney(amount, subject)}, before ${format.formatMoney(before, subject)}${missing.includes(subject) ? ' (no rate, not in the sum)' : ''}`}
        </li>
      ))}
    </ul>
  )
}
