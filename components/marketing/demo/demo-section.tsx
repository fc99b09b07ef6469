import { findOffers } from '@/lib/catalog/packages'
import { calculateToolCost } from '@/lib/credits'
import { demo } from '../content'
import type { DemoAction } from './ledger'
import { LiveDemo } from './live-demo'

function charge(complexity: 'low' | 'high'): DemoAction {
  return {
    id: complexity,
    label: complexity === 'low' ? 'Summarize' : 'Summarize in depth',
    type: 'deduction',
    amount: -calculateToolCost('text-generation', complexity),
    description: `Summarize, ${complexity} complexity`,
  }
}

async function purchases(): Promise<DemoAction[]> {
  const packages = (await findOffers())?.packages ?? []
  const offer = packages.find((candidate) => candidate.popular) ?? packages[0]
  if (!offer) return []
  const { id, name, credits } = offer
  return [{ id, label: `Buy ${name}`, type: 'purchase', amount: credits, description: `${name} package` }]
}

/** The demo, filled with what this installation really grants, charges and sells. */
export async function DemoSection({ signupBonus }: { signupBonus: number | null }) {
  const charges = [charge('low'), charge('high')]
  const welcome = {
    id: 'welcome',
    label: 'Welcome',
    type: 'signup_bonus',
    amount: signupBonus ?? 0,
    description: 'Welcome credits',
  }
  return (
    <figure className="grid gap-3">
      <LiveDemo
        history={signupBonus ? [welcome, ...charges] : []}
        actions={[...charges, ...(await purchases())]}
      />
      <figcaption className="text-muted-foreground text-xs">{demo.note}</figcaption>
    </figure>
  )
}
