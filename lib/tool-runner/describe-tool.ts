import 'server-only'
import { z } from 'zod'
import { GENERAL } from '@/lib/credit-type'
import { MEMBERSHIP_TIERS, type MembershipTier } from '@/lib/tiers'
import { DEFAULT_MAX_BYTES } from './credit-route'
import type { Tool } from './define-tool'
import { timeoutOf } from './run-limits'

/** Prices by what is asked for, in whole credits. */
type Prices = Record<string, number>

/** A tool as programs see it. Prices are in whole credits: by tier, `default` for everybody else, and what is asked for. */
export type ToolDescription = {
  id: string
  name: string
  description: string
  creditType: string
  contentType: 'application/json' | 'multipart/form-data'
  /** What the request must be, as JSON Schema 2020-12. */
  input: object
  /** What each price is for, as 'a run'. */
  unit: string
  prices: Record<string, Prices>
  requiredTier: MembershipTier | null
  /** Whether a run is answered 202 at once, and read under its own address. */
  background: boolean
  limits: { maxBytes: number; timeoutMs: number; rate: { requests: number; perSeconds: number } | null }
}

type Offer = { description: string; unit: string; prices: (tier: MembershipTier | null) => Prices }

/** Describes a tool from its own declaration. */
export function describeTool<Schema extends z.ZodType, Result extends object>(
  tool: Tool<Schema, Result>,
  { description, unit, prices }: Offer,
): ToolDescription {
  const byTier = MEMBERSHIP_TIERS.map((tier) => [tier, prices(tier)] as const)
  return {
    id: tool.id,
    name: tool.name,
    description,
    creditType: tool.creditType ?? GENERAL,
    contentType: tool.body === 'form' ? 'multipart/form-data' : 'application/json',
    input: inputSchema(tool),
    unit,
    prices: { default: prices(null), ...Object.fromEntries(byTier) },
    requiredTier: tool.requiredTier ?? null,
    background: tool.background !== undefined,
    limits: {
      maxBytes: tool.maxBytes ?? DEFAULT_MAX_BYTES,
      timeoutMs: timeoutOf(tool),
      rate: tool.rateLimit ?? null,
    },
  }
}

type ObjectSchema = { properties?: Record<string, unknown>; required?: string[] }

/** The input of a tool as JSON Schema. Of a field that is made ready before it is read, only its output tells. */
function inputSchema<Schema extends z.ZodType, Result extends object>({
  input,
}: Tool<Schema, Result>): object {
  const { $schema: _, ...sent }: ObjectSchema & { $schema?: string } = z.toJSONSchema(input, { io: 'input' })
  const read: ObjectSchema = z.toJSONSchema(input, { io: 'output' })
  const properties = { ...sent.properties }
  const required = new Set(sent.required)
  for (const [name, schema] of Object.entries(properties)) {
    if (Object.keys(schema ?? {}).length > 0) continue
    properties[name] = read.properties?.[name]
    if (read.required?.includes(name)) required.add(name)
  }
  return { ...sent, properties, required: [...required] }
}
