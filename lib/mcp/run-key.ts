import { createHash } from 'node:crypto'
import type { RequestId } from '@modelcontextprotocol/server'
import { z } from 'zod'
import { cancelRun } from '@/lib/api-keys/cancel-run'
import { AppError } from '@/lib/http/errors'
import { createAdminClient } from '@/lib/supabase/admin'
import type { KeyCall } from '@/lib/tool-runner/serve-by-key'
import type { McpTool } from './mcp-tool'

/** Where a client of the protocol's 2025 revisions says which session it is; later ones have none. */
export const SESSION_HEADER = 'mcp-session-id'

/**
 * The idempotency key of a call: its own, `_meta.idempotencyKey`; else one made of session and request, whose id a
 * client never uses twice. So a request that is sent again is paid once, and can be found to be canceled.
 */
export function runKey(request: Request, id: RequestId, own: unknown): string | undefined {
  if (own !== undefined) return String(own)
  const session = request.headers.get(SESSION_HEADER)
  if (session === null) return undefined
  const hash = createHash('sha256')
    .update(JSON.stringify([session, id]))
    .digest('hex')
  return `mcp:${hash}`
}

const cancellation = z.object({ requestId: z.union([z.string(), z.int()]) })

/** Cancels the run that a request of this session started, in whichever process; nothing when there is none. */
export async function cancelCall(
  { request, user }: KeyCall,
  params: unknown,
  tools: readonly McpTool[],
): Promise<void> {
  const canceled = cancellation.safeParse(params)
  const key = canceled.success ? runKey(request, canceled.data.requestId, undefined) : undefined
  const runId = key && (await findRun(user.id, key, tools))
  if (!runId) return
  try {
    await cancelRun(user, String(runId))
  } catch (error) {
    // It has ended, or is another key's: then there is nothing to cancel.
    if (!(error instanceof AppError)) throw error
  }
}

async function findRun(userId: string, key: string, tools: readonly McpTool[]): Promise<number | undefined> {
  const { data, error } = await createAdminClient()
    .from('credit_transactions')
    .select('credit_holds!inner(run_id)')
    .eq('user_id', userId)
    .in(
      'idempotency_key',
      tools.map(({ id }) => `tool:${id}:${key}`),
    )
    .limit(1)
    .maybeSingle()
  if (error) throw new Error(`The run of a call could not be read: ${error.message}`, { cause: error })
  return data?.credit_holds.run_id
}
