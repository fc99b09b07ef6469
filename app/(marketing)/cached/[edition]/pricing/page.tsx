import type { Metadata } from 'next'
import { Faq } from '@/components/marketing/faq'
import { PricingSection } from '@/components/marketing/pricing-section'
import { ToolPrices } from '@/components/marketing/tool-prices'
import { listPaidTools, listToolPrices } from '@/tools/paid-tools'

export const metadata: Metadata = {
  title: 'Pricing',
  description: 'Credits in packages or with a plan, and what each tool costs.',
}

export default async function PricingPage() {
  return (
    <>
      <section className="mx-auto grid max-w-6xl gap-10 px-4 py-16 sm:px-6 sm:py-20">
        <div className="grid max-w-2xl gap-3">
          <h1 className="font-semibold text-4xl tracking-tight">Pricing</h1>
          <p className="text-lg text-muted-foreground">
            Credits in packages or with a plan, spent by the tool. The more at once, the less each credit
            costs.
          </p>
        </div>
        <PricingSection tools={await listPaidTools(null)} />
      </section>
      <ToolPrices tools={await listToolPrices()} />
      <Faq />
    </>
  )
}
