import 'server-only'
import type { PaidTool } from '@/components/billing/good-for'
import type { MembershipTier } from '@/lib/tiers'
import { listTools } from './registry'

/** What credits can be spent on, at the prices of a membership; null for none. */
export async function listPaidTools(tier: MembershipTier | null): Promise<PaidTool[]> {
  const tools = await listTools()
  return tools.map(({ name, creditType, leastPrice }) => ({ name, creditType, leastPrice: leastPrice(tier) }))
}
