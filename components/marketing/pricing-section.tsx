import { CloudOffIcon } from 'lucide-react'
import Link from 'next/link'
import { Button } from '@/components/ui/button'
import { EmptyState } from '@/components/ui/empty-state'
import { getCurrentUser } from '@/lib/auth/session'
import { findPackages } from '@/lib/packages'
import { PricingCards } from './pricing-cards'

/** What is for sale, straight from the table; a visitor is led to sign up, a user to buy. */
export async function PricingSection() {
  const [packages, user] = await Promise.all([findPackages(), getCurrentUser()])
  if (!packages || packages.length === 0) {
    return (
      <EmptyState
        icon={CloudOffIcon}
        title={packages ? 'Nothing is for sale at the moment' : 'Prices cannot be shown right now'}
        description={
          packages
            ? 'Packages appear here as soon as they are on sale.'
            : 'They live in the database, which did not answer. Please reload the page in a moment.'
        }
        className="rounded-xl border border-dashed"
      />
    )
  }
  return (
    <PricingCards
      packages={packages}
      renderAction={(offer) => (
        <Button asChild variant={offer.popular ? 'default' : 'outline'}>
          <Link href={user ? '/buy-credits' : '/signup?next=/buy-credits'}>
            {user ? `Buy ${offer.name}` : `Get ${offer.name}`}
          </Link>
        </Button>
      )}
    />
  )
}
