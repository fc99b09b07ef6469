import { InfoIcon, PackageOpenIcon } from 'lucide-react'
import type { Metadata } from 'next'
import { DebtNotice } from '@/components/billing/debt-notice'
import { PlanAction } from '@/components/billing/plan-action'
import { PlanCards } from '@/components/billing/plan-cards'
import { PricingCards } from '@/components/billing/pricing-cards'
import { PricingTabs } from '@/components/billing/pricing-tabs'
import { RefreshOnChange } from '@/components/credits/refresh-on-change'
import { DodoCheckoutButton } from '@/components/dodopayments/DodoCheckoutButton'
import { PageHeader } from '@/components/layout/page-header'
import { Alert, AlertDescription, AlertTitle } from '@/components/ui/alert'
import { EmptyState } from '@/components/ui/empty-state'
import { readTier } from '@/lib/account/read-tier'
import { readWallets } from '@/lib/account/read-wallets'
import { requireUser } from '@/lib/auth/session'
import { listOffers, withWalletFirst } from '@/lib/catalog/packages'
import { paymentProvider } from '@/lib/payments'
import { readPlanId } from '@/lib/payments/subscriptions/read-plan'
import { readFormat } from '@/lib/reader/read-reader'
import { listPaidTools } from '@/tools/paid-tools'

const TAXES = paymentProvider.isMerchantOfRecord ? 'Taxes may be added at the checkout. ' : ''

export const metadata: Metadata = { title: 'Buy credits' }

export default async function BuyCreditsPage({ searchParams }: PageProps<'/buy-credits'>) {
  const user = await requireUser('/buy-credits')
  const [{ cancelled, show, wallet, package: chosen }, offers, planId, tools, format, wallets] =
    await Promise.all([
      searchParams,
      listOffers(),
      readPlanId(user.id),
      readTier(user.id).then(listPaidTools),
      readFormat(),
      readWallets(user.id),
    ])
  const { packages, plans } = offers
  const chosenId = typeof chosen === 'string' ? chosen : undefined
  const balances = new Map(wallets.map(({ creditType, balance }) => [creditType, balance]))
  return (
    <div className="grid grid-cols-1 gap-8">
      <RefreshOnChange userId={user.id} />
      <PageHeader
        title="Buy credits"
        description={`Choose a package or a plan. You pay on ${paymentProvider.name}, and the credits appear in your balance automatically.`}
      />
      {cancelled === '1' && (
        <Alert role="status">
          <InfoIcon aria-hidden />
          <AlertTitle>You left the checkout</AlertTitle>
          <AlertDescription>Nothing was charged.</AlertDescription>
        </Alert>
      )}
      <DebtNotice userId={user.id} />
      {packages.length + plans.length === 0 && (
        <EmptyState
          icon={PackageOpenIcon}
          title="Nothing is for sale at the moment"
          description="Packages appear here as soon as they are on sale."
          className="rounded-xl border border-dashed"
        />
      )}
      <PricingTabs
        start={show === 'plans' || plans.some(({ id }) => id === chosenId) ? 'plans' : 'credits'}
        credits={
          packages.length > 0 ? (
            <PricingCards
              format={format}
              packages={withWalletFirst(packages, wallet)}
              tools={tools}
              balances={balances}
              chosenId={chosenId}
              renderAction={(offer) => (
                <DodoCheckoutButton packageId={offer.id} variant={offer.popular ? 'default' : 'outline'}>
                  Buy {offer.name}
                </DodoCheckoutButton>
              )}
            />
          ) : null
        }
        plans={
          plans.length > 0 ? (
            <PlanCards
              format={format}
              plans={withWalletFirst(plans, wallet)}
              currentId={planId}
              chosenId={chosenId}
              renderAction={(plan) => <PlanAction plan={plan} currentId={planId} />}
            />
          ) : null
        }
      />
      <p className="text-muted-foreground text-sm">
        {`${TAXES}Your card details go to ${paymentProvider.name} and never reach this site.`}
      </p>
    </div>
  )
}
