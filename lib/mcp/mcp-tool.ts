import type { CreditUnit } from '@/lib/credit-type'
import type { MembershipTier } from '@/lib/tiers'
import type { ToolDescription } from '@/lib/tool-runner/describe-tool'
import type { KeyCall, Quote } from '@/lib/tool-runner/serve-by-key'

/** What of a registered tool agents are served. */
export type McpTool = {
  id: string
  describe: () => ToolDescription
  /** What a run costs this caller, in words. */
  describePrice: (tier: MembershipTier | null, unit: CreditUnit) => string
  serveByKey: (call: KeyCall) => Promise<Response | object>
  quote: (call: Omit<KeyCall, 'answer'>) => Promise<Quote>
}
