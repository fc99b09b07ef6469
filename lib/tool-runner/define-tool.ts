import type { z } from 'zod'
import type { MembershipTier } from '@/lib/tiers'

export type ToolUser = { id: string; email: string }

/** How far a run has come, for people who wait. */
export type ToolProgress = { done: number; total: number; message: string }

export type ToolRun<Input> = {
  input: Input
  user: ToolUser
  /** The membership whose price was taken; null for none. */
  tier: MembershipTier | null
  /** Aborted when the client goes away or the time limit passes. Hand it to whatever waits. */
  signal: AbortSignal
  /** Tells how far the run has come, whoever waits for it: a client that asked for a stream, and the page of the run. */
  progress: (progress: ToolProgress) => void
  /**
   * Sends the next piece of a text to a client that asked for a stream, once all that was charged before is held. What was
   * sent is kept with a run that ends without a result.
   */
  write: (text: string) => void
  /**
   * Says what the run has used so far, in whole credits: 0 up to the price. The last number is what it costs; the rest
   * is given back. A tool with a `slice` waits for it before it delivers: it resolves once that much is held, and ends
   * the run when the balance cannot pay.
   */
  charge: (credits: number) => Promise<void>
  /** Says what the run has cost the owner so far, in millionths of a US dollar, for a tool with an `ownerCost`. */
  spend: (micros: number) => void
}

/** A credit-gated action: what it takes, what it costs, what it does. */
export type Tool<Schema extends z.ZodType, Result extends object> = {
  /** Stable: it names the action in the ledger and for the rate limit. */
  id: string
  /** For people: it describes the charge in the ledger. */
  name: string
  /** What the request must be; a tool whose `body` is 'form' gets the fields of a form, files included. */
  input: Schema
  /** Other names that fields of the input go by, as `{ prompt: 'text' }`. */
  otherNames?: Record<string, string>
  /** Refuses a request before anything is charged, where the schema alone cannot. @throws AppError */
  check?: (request: { input: z.output<Schema>; user: ToolUser }) => Promise<void> | void
  /** The price of one run, in whole credits, 1 or more; asked for each tier, and for null: no membership. */
  cost: (request: { input: z.output<Schema>; tier: MembershipTier | null }) => number
  run: (request: ToolRun<z.output<Schema>>) => Promise<Result> | Result
  /** How the price came about, kept with the charge: the rule in words, and the inputs it follows from. */
  explain?: (input: z.output<Schema>) => { rule: string; input?: Record<string, string | number> }
  /** The wallet that pays; 'general' by default. */
  creditType?: string
  /** The least membership that may run it; everybody by default. */
  requiredTier?: MembershipTier
  /** Accepted runs per user: `requests` at once, renewed over `perSeconds`; no limit by default. */
  rateLimit?: { requests: number; perSeconds: number }
  /** 'json' by default; 'form' for files. */
  body?: 'json' | 'form'
  /** The largest request body, in bytes; 128 KiB by default. */
  maxBytes?: number
  /** The longest a run may take, in ms; 30,000 by default, 900,000 in the background. After it the run is aborted. */
  timeoutMs?: number
  /**
   * Runs outlive their request: it is answered 202 with the run at once, and a worker runs it. A run whose process dies
   * is given back; with `retries`, it and one that fails by no fault of its input are tried that many times more: only for
   * work that may be done twice. Not for files: what a run was asked has to be kept.
   */
  background?: true | { retries: number }
  /**
   * What a run may cost the owner at most, and all of them in a day (UTC; null for no limit), in millionths of a US dollar.
   * It is kept beside the charge, for the margin that admins see; a run that could pass the day's limit is refused.
   */
  ownerCost?: { most: (request: { input: z.output<Schema> }) => number; perDay: () => number | null }
  /** How long after its end the input and the result of a run are kept, in hours; 24 by default, 8,784 at most. */
  retentionHours?: number
  /**
   * What becomes of the price when the client leaves or the time is up. 'refund', the default, gives all of it back;
   * 'charge' keeps what the run said last with `charge`: for tools that pay somebody while they run. What the tool
   * throws gives all of it back in any case.
   */
  onAbort?: 'refund' | 'charge'
  /**
   * Holds the price this many credits at a time, the next slice when `charge` passes what is held: for answers whose
   * length nobody knows, whose `cost` is then the most a run may cost. All at once by default.
   */
  slice?: number
}

/** Declares a tool, with its types inferred. `creditRoute` serves it. */
export function defineTool<Schema extends z.ZodType, Result extends object>(
  tool: Tool<Schema, Result>,
): Tool<Schema, Result> {
  return tool
}
