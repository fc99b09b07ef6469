import type { z } from 'zod'

export type ToolUser = { id: string; email: string }

export type ToolRun<Input> = {
  input: Input
  user: ToolUser
  /** Aborted when the client goes away or the time limit passes. Hand it to whatever waits. */
  signal: AbortSignal
}

/** A credit-gated action: what it takes, what it costs, what it does. */
export type Tool<Schema extends z.ZodType, Result extends object> = {
  /** Stable: it names the action in the ledger. */
  id: string
  /** For people: it describes the charge in the ledger. */
  name: string
  input: Schema
  /** The price of one run, in whole credits of `creditType`; 1 or more. */
  cost: (request: { input: z.output<Schema> }) => number
  run: (request: ToolRun<z.output<Schema>>) => Promise<Result> | Result
  /** The wallet that pays; 'general' unless told. */
  creditType?: string
  /** The largest request body, in bytes; 128 KiB unless told. */
  maxBytes?: number
  /** The longest a run may take, in ms; 30,000 unless told. After it the run is aborted and refunded. */
  timeoutMs?: number
}

/** Declares a tool, with its types inferred. `creditRoute` serves it. */
export function defineTool<Schema extends z.ZodType, Result extends object>(
  tool: Tool<Schema, Result>,
): Tool<Schema, Result> {
  return tool
}
