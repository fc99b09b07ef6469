import type { Metadata } from 'next'
import Link from 'next/link'
import { BackLink } from '@/components/admin/back-link'
import { EventsTable } from '@/components/admin/events-table'
import { PaymentDetails } from '@/components/admin/payment-details'
import { PaymentDisputes, PaymentRefunds } from '@/components/admin/payment-returns'
import { PaymentState } from '@/components/admin/payment-state'
import { RefreshOnRows } from '@/components/admin/refresh-on-rows'
import { RefundCard } from '@/components/admin/refund-card'
import { LiveBalance } from '@/components/credits/live-balance'
import { RefreshOnChange } from '@/components/credits/refresh-on-change'
import { TransactionsTable } from '@/components/credits/transactions-table'
import { PageHeader } from '@/components/layout/page-header'
import { Card, CardContent, CardHeader, CardTitle } from '@/components/ui/card'
import { readWallets } from '@/lib/account/read-wallets'
import { PAYMENT_TABLES } from '@/lib/admin/list-payments'
import { requireAdmin } from '@/lib/auth/roles'
import { CreditBalanceProvider } from '@/lib/credit-manager'
import { findCreditType } from '@/lib/credit-type'
import { listCreditTypes } from '@/lib/credits/credit-types'
import { nameOfProvider } from '@/lib/payments'
import { findPayment } from './find-payment'

type PaymentPageProps = PageProps<'/admin/payments/[id]'>

export async function generateMetadata({ params }: PaymentPageProps): Promise<Metadata> {
  await requireAdmin('/admin/payments')
  const { summary } = await findPayment(params)
  return { title: `${summary.package_name}, bought by ${summary.email}` }
}

export default async function PaymentPage({ params }: PaymentPageProps) {
  await requireAdmin('/admin/payments')
  const details = await findPayment(params)
  const { payment, summary, ledger, events } = details
  const [types, wallets] = await Promise.all([listCreditTypes(), readWallets(payment.user_id)])
  const type = findCreditType(types, payment.credit_type)
  return (
    <CreditBalanceProvider userId={payment.user_id} balances={wallets}>
      <div className="grid grid-cols-1 gap-6">
        <div className="grid gap-2">
          <BackLink href="/admin/payments">Payments</BackLink>
          <PageHeader
            title={summary.package_name}
            actions={<PaymentState payment={details.summary} />}
            description={
              <>
                Bought by{' '}
                <Link
                  href={`/admin/users/${payment.user_id}`}
                  className="break-all underline underline-offset-4 hover:text-foreground"
                >
                  {summary.email}
                </Link>
                , whose balance is <LiveBalance userId={payment.user_id} creditType={type.id} />{' '}
                {type.unitPlural} now.
              </>
            }
          />
        </div>
        <div className="grid items-start gap-6 lg:grid-cols-[minmax(0,1fr)_20rem]">
          <div className="grid grid-cols-1 gap-6">
            <PaymentDetails details={details} unit={type} />
            <Card className="gap-3 pb-0">
              <CardHeader>
                <CardTitle>Credits</CardTitle>
              </CardHeader>
              {ledger.length > 0 ? (
                <TransactionsTable narrow rows={ledger} />
              ) : (
                <CardContent className="pb-5 text-muted-foreground text-sm">
                  It granted nothing so far.
                </CardContent>
              )}
            </Card>
            <Card className="gap-3 pb-0">
              <CardHeader>
                <CardTitle>Events</CardTitle>
              </CardHeader>
              {events.length > 0 ? (
                <EventsTable events={events} />
              ) : (
                <CardContent className="pb-5 text-muted-foreground text-sm">
                  {nameOfProvider(payment.provider)} has reported nothing about it so far.
                </CardContent>
              )}
            </Card>
          </div>
          <div className="grid grid-cols-1 gap-6">
            <RefundCard details={details} />
            <PaymentRefunds refunds={details.refunds} />
            <PaymentDisputes disputes={details.disputes} />
          </div>
        </div>
        <RefreshOnChange userId={payment.user_id} />
        <RefreshOnRows tables={[...PAYMENT_TABLES, 'payment_events']} />
      </div>
    </CreditBalanceProvider>
  )
}
