import type { z } from 'zod'
import type { Tool, ToolProgress } from './define-tool'

type Watched = {
  progress: (progress: ToolProgress) => void
  write: (text: string) => void
  spend: (micros: number) => void
  charge: (credits: number) => void
  signal: AbortSignal
}

/** Validates an input and runs a tool on it, for tests: without a session, credits or a request. */
export async function runAlone<Schema extends z.ZodType, Result extends object>(
  tool: Tool<Schema, Result>,
  input: unknown,
  { charge, ...watched }: Partial<Watched> = {},
): Promise<Result> {
  return tool.run({
    input: tool.input.parse(input),
    user: { id: 'user-1', email: 'user@example.test' },
    tier: null,
    signal: new AbortController().signal,
    progress: () => undefined,
    write: () => undefined,
    spend: () => undefined,
    charge: async (credits) => charge?.(credits),
    ...watched,
  })
}
