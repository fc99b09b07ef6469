import type { ReactNode } from 'react'
import { Tabs, TabsContent, TabsList, TabsTrigger } from '@/components/ui/tabs'

type PricingTabsProps = {
  /** Null where there is nothing of the kind: then the other one stands alone. */
  credits: ReactNode | null
  plans: ReactNode | null
  start?: 'credits' | 'plans'
}

/** What is bought once on one tab, plans on the other. */
export function PricingTabs({ credits, plans, start = 'credits' }: PricingTabsProps) {
  if (!plans || !credits) return credits ?? plans
  return (
    <Tabs defaultValue={start} className="grid gap-6">
      <TabsList aria-label="Ways to pay">
        <TabsTrigger value="credits">Credits</TabsTrigger>
        <TabsTrigger value="plans">Plans</TabsTrigger>
      </TabsList>
      <TabsContent value="credits">{credits}</TabsContent>
      <TabsContent value="plans">{plans}</TabsContent>
    </Tabs>
  )
}
