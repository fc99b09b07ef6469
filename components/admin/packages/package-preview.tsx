import { openTools, type PaidTool } from '@/components/billing/good-for'
import { PlanCards } from '@/components/billing/plan-cards'
import { PricingCards } from '@/components/billing/pricing-cards'
import { useFormat } from '@/components/reader/format-provider'
import { Button } from '@/components/ui/button'
import type { Offer, Plan } from '@/lib/catalog/packages'

type PackagePreviewProps = { offer: Offer | Plan; tools: readonly PaidTool[] }

/** An offer as buyers see it, beside nothing else. */
export function PackagePreview({ offer, tools }: PackagePreviewProps) {
  const format = useFormat()
  return (
    <section aria-label="Preview" className="grid gap-2 [&_ul.grid]:grid-cols-1!">
      <h3 className="font-medium text-sm">As buyers see it</h3>
      {'interval' in offer ? (
        <PlanCards
          format={format}
          plans={[offer]}
          tools={tools}
          currentId={null}
          renderAction={renderAction}
        />
      ) : (
        <PricingCards
          format={format}
          packages={[offer]}
          tools={openTools(null, tools)}
          renderAction={renderAction}
        />
      )}
    </section>
  )
}

const renderAction = ({ name }: Offer) => <Button disabled>Buy {name}</Button>
