import { InfoIcon, PackageOpenIcon } from 'lucide-react'
import { DebtNotice } from '@/components/billing/debt-notice'
import { openTools } from '@/components/billing/good-for'
import { PlanAction } from '@/components/billing/plan-action'
import { PlanCards } from '@/components/billing/plan-cards'
import { PricingCards } from '@/components/billing/pricing-cards'
import { PricingTabs } from '@/components/billing/pricing-tabs'
import { RefreshOnChange } from '@/components/credits/refresh-on-change'
import { DodoCheckoutButton } from '@/components/dodopayments/DodoCheckoutButton'
import { OwnerOnly } from '@/components/layout/owner-only'
import { PageHeader } from '@/components/layout/page-header'
import { Alert, AlertDescription, AlertTitle } from '@/components/ui/alert'
import { EmptyState } from '@/components/ui/empty-state'
import { readTier } from '@/lib/account/read-tier'
import { readWallets } from '@/lib/account/read-wallets'
import { listOffers, withWalletFirst } from '@/lib/catalog/packages'
import { paymentProvider } from '@/lib/payments'
import { readPlanId } from '@/lib/payments/subscriptions/read-plan'
import { readFormat } from '@/lib/reader/read-reader'
import { listPaidTools } from '@/tools/paid-tools'
import { HEADING } from './heading'

const TAXES = paymentProvider.isMerchantOfRecord ? 'Taxes may be added at the checkout. ' : ''

type BuyCreditsProps = { userId: string; query: Record<string, string | string[] | undefined> }

/** What is for sale, at what it does to the balance of a user. */
export async function BuyCredits({ userId, query }: BuyCreditsProps) {
  const { cancelled, show, wallet, package: chosen } = query
  const [offers, planId, tier, format, wallets] = await Promise.all([
    listOffers(),
    readPlanId(userId),
    readTier(userId),
    readFormat(),
    readWallets(userId),
  ])
  const tools = await listPaidTools(tier)
  const { packages, plans } = offers
  const chosenId = typeof chosen === 'string' ? chosen : undefined
  const balances = new Map(wallets.map(({ creditType, balance }) => [creditType, balance]))
  return (
    <div className="grid grid-cols-1 gap-8">
      <RefreshOnChange userId={userId} />
      <PageHeader {...HEADING} />
      {cancelled === '1' && (
        <Alert role="status">
          <InfoIcon aria-hidden />
          <AlertTitle>You left the checkout</AlertTitle>
          <AlertDescription>Nothing was charged.</AlertDescription>
        </Alert>
      )}
      <DebtNotice userId={userId} />
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
              tools={openTools(tier, tools)}
              balances={balances}
              chosenId={chosenId}
              renderAction={(offer) => (
                <OwnerOnly>
                  <DodoCheckoutButton packageId={offer.id} variant={offer.popular ? 'default' : 'outline'}>
                    Buy {offer.name}
                  </DodoCheckoutButton>
                </OwnerOnly>
              )}
            />
          ) : null
        }
        plans={
          plans.length > 0 ? (
            <PlanCards
              format={format}
              plans={withWalletFirst(plans, wallet)}
              tools={tools}
              currentId={planId}
              chosenId={chosenId}
              renderAction={(plan) => (
                <OwnerOnly>
                  <PlanAction plan={plan} currentId={planId} />
                </OwnerOnly>
              )}
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
