import 'server-only'
import type { LucideIcon } from 'lucide-react'
import type { Route } from 'next'
import type { ComponentType, ReactNode } from 'react'
import { z } from 'zod'
import type { ToolReceipt } from '@/lib/credit-manager'
import { type CreditUnit, GENERAL } from '@/lib/credit-type'
import type { RunProgress } from '@/lib/http/api-client'
import type { MembershipTier } from '@/lib/tiers'
import type { WorkRun } from '@/lib/tool-runner/background/run-worker'
import { workRun } from '@/lib/tool-runner/background/work-run'
import { serveTool, type ToolCall } from '@/lib/tool-runner/credit-route'
import type { Tool } from '@/lib/tool-runner/define-tool'
import { describeTool, type ToolDescription } from '@/lib/tool-runner/describe-tool'
import { type KeyCall, type Quote, quoteTool, serveToolByKey } from '@/lib/tool-runner/serve-by-key'
import { DEFAULT_UNIT, describeRange } from './describe-range'

/** Who opens a tool: `tier` is the membership that counts now, null for none. */
export type Reader = { userId: string; tier: MembershipTier | null }

/** Prices by what is asked for, in whole credits, as in `{ low: 1, high: 2 }`. */
type Prices = Record<string, number>

/** What the form of a tool is given: the reader's own prices, which are also what a run charges, and the wallet that pays. */
export type ToolFormProps<P extends Prices> = { userId: string; prices: P; creditType: string }

/** What the place of a result is given: nothing yet, a run on its way, or what came of it. */
type ToolResultProps<Result> = {
  result: (Result & ToolReceipt) | null
  progress: RunProgress | null
  running: boolean
}

type ToolPage<P extends Prices, Result> = {
  icon: LucideIcon
  /** What it does, in one short sentence, for lists. */
  summary: string
  /** The same in a sentence or two, for its own page. */
  description: string
  /** Where lists have it: smaller numbers first, equal ones by their folders. 100 by default. */
  order?: number
  prices: (tier: MembershipTier | null) => P
  /** What a charge was for, given what `explain` of the tool kept of its input, as 'Short summary'. */
  chargeText?: (input: Record<string, string | number>) => string
  /** What is paid for: 'a run' by default. `tool.ts` exports it too, for the price list. */
  unit?: string
  /** The form on its page; or the address of a page of its own. */
  form: ComponentType<ToolFormProps<P>> | Route
  /** Where the form sends a run, for a tool with a page of its own. */
  route?: string
  /** Shows a result beside the form, and on the page of a past run; there as plain JSON without it. */
  result?: ComponentType<ToolResultProps<Result>>
  /** Whether there is such a tool where this server runs: not without what it needs. Always by default. */
  isAvailable?: () => boolean
  /** Says to admins that its price is below its cost, given what a credit is worth in US dollars. */
  warnOfCost?: (creditValue: number) => string | null
}

/** A tool as lists, its page and its route need it. */
export type ToolEntry = {
  id: string
  name: string
  icon: LucideIcon
  summary: string
  description: string
  order: number
  /** Its own page, where it is not `/tools/<folder>`. */
  page: Route | null
  isAvailable: () => boolean
  /** What is wrong with its price where a credit is worth so many US dollars (null: unknown); null when nothing is. */
  warnOfCost: (creditValue: number | null) => string | null
  /** Where its form sends a run, where that is not `/api/tools/<folder>`. */
  ownRoute: string | null
  /** The least membership that may run it; null for everybody. */
  requiredTier: MembershipTier | null
  /** The wallet that pays for it. */
  creditType: string
  /** What a charge was for, in words; null for a tool that says none. */
  describeCharge: (input: Record<string, string | number>) => string | null
  /** What a run costs this reader, in words; `unit` is that of the wallet. */
  describePrice: (tier: MembershipTier | null, unit: CreditUnit) => string
  /** What its cheapest run costs this reader, in whole credits of its wallet. */
  leastPrice: (tier: MembershipTier | null) => number
  renderForm: (reader: Reader) => ReactNode
  /** A stored result as the tool shows it; null for a tool that shows none of its own. */
  renderResult: (body: unknown) => ReactNode
  serve: (call: ToolCall) => Promise<Response | object>
  /** Runs what the queue has of it; null for a tool that answers its request. */
  work: WorkRun | null
  // #region api
  /** The same for a key of the API. */
  serveByKey: (call: KeyCall) => Promise<Response | object>
  /** What the run that a request asks for would cost. */
  quote: (call: Omit<KeyCall, 'answer'>) => Promise<Quote>
  /** What it takes, costs and allows, for programs. */
  describe: () => ToolDescription
  // #endregion
}

/** Puts a tool on show: everything that is typed by it is closed over here. */
export function registerTool<Schema extends z.ZodType, Result extends object, P extends Prices>(
  tool: Tool<Schema, Result>,
  {
    icon,
    summary,
    description,
    order = 100,
    prices,
    chargeText,
    unit = DEFAULT_UNIT,
    form: Form,
    route,
    result: ResultView,
    isAvailable = () => true,
    warnOfCost,
  }: ToolPage<P, Result>,
): ToolEntry {
  const stored = z.custom<Result & ToolReceipt>()
  const creditType = tool.creditType ?? GENERAL
  let described: ToolDescription | undefined // #only api
  return {
    ...{ id: tool.id, name: tool.name, icon, summary, description, order, creditType },
    requiredTier: tool.requiredTier ?? null,
    page: typeof Form === 'string' ? Form : null,
    isAvailable,
    warnOfCost: (creditValue) => (creditValue === null ? null : (warnOfCost?.(creditValue) ?? null)),
    ownRoute: route ?? null,
    describeCharge: (input) => chargeText?.(input) ?? null,
    describePrice: (tier, credit) => `${describeRange(Object.values(prices(tier)), credit)} ${unit}`,
    leastPrice: (tier) => Math.min(...Object.values(prices(tier))),
    renderForm: ({ userId, tier }) =>
      typeof Form === 'string' ? null : (
        <Form userId={userId} prices={prices(tier)} creditType={creditType} />
      ),
    renderResult: (body) =>
      ResultView ? <ResultView result={stored.parse(body)} progress={null} running={false} /> : null,
    serve: (call) => serveTool(tool, call),
    work: tool.background ? (claimed) => workRun(tool, claimed) : null,
    // #region api
    serveByKey: (call) => serveToolByKey(tool, call),
    quote: (call) => quoteTool(tool, call),
    // Once: it makes JSON Schemas, and every message of an agent asks for them.
    describe: () => {
      described ??= describeTool(tool, { description, unit, prices })
      return described
    },
    // #endregion
  }
}
