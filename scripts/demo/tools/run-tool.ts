import type { Engine } from '../engine.ts'
import type { Person } from '../people.ts'
import type { Story } from '../story.ts'

const HOLD_MS = 60_000

/** A run as a tool's form sends it, and how it ends. */
export type DemoRun = {
  /** The id and the name of the tool. */
  tool: string
  name: string
  /** For a tool that takes a membership, of which Pro is the least. */
  requiredTier?: 'pro'
  /** Credits by tier, as the tool asks for them. */
  prices: Record<'default' | 'pro' | 'enterprise', number>
  /** What its transaction is explained with. */
  explained: { rule: string; input: object }
  input: object
  result?: object
  /** What it costs in the end, where that is less than its price. */
  charged?: number
  /** Millionths of a US dollar that it may cost the owner. */
  ownerCost?: number
  /** Why there is no result: then it is given back. */
  failure?: string
}

/**
 * Reserves, runs and settles as the app does. Who cannot pay is refused, as in the app; who has no membership for the tool
 * sees it locked, and does not ask.
 */
export async function runTool({ engine }: Story, person: Person, run: DemoRun): Promise<void> {
  const { tool, name, explained, ownerCost, requiredTier } = run
  if (requiredTier && !(await isMember(engine, person))) return
  const hold = await engine.ask('reserve_credits', {
    p_user_id: person.id,
    p_action: tool,
    p_description: name,
    p_prices: run.prices,
    p_required_tier: requiredTier ?? null,
    p_hold_ms: HOLD_MS,
    p_caller: { internal: 'demo' },
    p_metadata: explained,
    p_input: run.input,
    p_run: { source: 'page', full_input: run.input, ...(ownerCost && { max_cost: ownerCost }) },
  })
  if (hold.code === 'insufficient_credits') return
  if (!hold.ok) throw new Error(`${person.email} cannot run ${tool}: ${hold.message}`)
  const p_transaction_id = Number(hold.transaction_id)
  if (run.failure) {
    const body = { error: 'tool_failed', message: `${run.failure} You were not charged.` }
    const end = { p_reason: `${name}: ${run.failure}`, p_response: { status: 500, body } }
    await engine.call('release_hold', { p_transaction_id, ...end })
    return
  }
  await engine.call('settle_hold', {
    p_transaction_id,
    p_amount: run.charged ?? null,
    p_response: run.result ? { status: 200, body: run.result } : null,
    ...(run.charged && { p_reason: `${name}: cost less than its price` }),
    p_cost: ownerCost ? Math.round(ownerCost / 2) : null,
  })
}

async function isMember({ owner }: Engine, { id }: Person): Promise<boolean> {
  const members = await owner`
    select from profiles
    where id = ${id} and membership_tier is not null
    and (membership_expires_at is null or membership_expires_at > now())`
  return members.length > 0
}
