import { CodeSample } from '@/components/marketing/code-sample'
import { pricing } from '@/components/marketing/content'
import { Faq } from '@/components/marketing/faq'
import { Hero } from '@/components/marketing/hero'
import { HowItWorks } from '@/components/marketing/how-it-works'
import { PricingSection } from '@/components/marketing/pricing-section'
import { Promises } from '@/components/marketing/promises'
import { Section } from '@/components/marketing/section'
import { listPaidTools } from '@/tools/paid-tools'

export default async function LandingPage() {
  return (
    <>
      <Hero />
      <HowItWorks />
      <Promises />
      <CodeSample />
      {/* #region payments */}
      <Section id="pricing" title={pricing.title} description={pricing.description}>
        <PricingSection tools={await listPaidTools(null)} />
      </Section>
      {/* #endregion */}
      <Faq />
    </>
  )
}
