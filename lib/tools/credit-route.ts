import 'server-only'
import { createHash } from 'node:crypto'
import { z } from 'zod'
import { assertSameOrigin } from '@/lib/auth/origin'
import { requireApiUser } from '@/lib/auth/session'
import { type CreditChange, creditService } from '@/lib/credits'
import { ConflictError } from '@/lib/errors'
import { handleRoute, parseInput, readJson } from '@/lib/http'
import type { Tool, ToolUser } from './define-tool'
import { runTool } from './run-tool'

const DEFAULT_MAX_BYTES = 131_072

const idempotencyKey = z
  .string()
  .regex(
    /^[\w.:-]{1,128}$/,
    'Idempotency-Key takes 1 to 128 letters, digits, dots, colons, dashes and underscores',
  )
  .nullable()

/**
 * Serves a tool: session, origin, bounded body, validation, then one round trip that charges, then the run.
 * Answers `{ …result, newBalance, balanceVersion, creditsUsed, transactionId }`, in whole credits. A run that
 * throws, times out or is abandoned is refunded. A request repeated with the same `Idempotency-Key` is not charged
 * again: it answers 409 `duplicate_request`.
 */
export function creditRoute<Schema extends z.ZodType, Result extends object>(tool: Tool<Schema, Result>) {
  return handleRoute(async (request) => {
    const user = await requireApiUser()
    assertSameOrigin(request)
    const key = parseInput(idempotencyKey, request.headers.get('idempotency-key'))
    const input = await readJson(request, tool.input, { maxBytes: tool.maxBytes ?? DEFAULT_MAX_BYTES })

    const charge = await chargeForRun(tool, user, input, key)
    const result = await runTool(tool, { input, user, signal: request.signal, charge })

    return Response.json({
      ...result,
      newBalance: charge.balance,
      balanceVersion: charge.version,
      creditsUsed: -charge.amount,
      transactionId: charge.transactionId,
    })
  })
}

async function chargeForRun<Schema extends z.ZodType, Result extends object>(
  tool: Tool<Schema, Result>,
  user: ToolUser,
  input: z.output<Schema>,
  key: string | null,
): Promise<CreditChange> {
  const charge = await creditService.charge(user.id, tool.cost({ input }), {
    creditType: tool.creditType,
    action: tool.id,
    description: tool.name,
    referenceType: 'tool',
    idempotencyKey: key === null ? undefined : `tool:${tool.id}:${key}`,
    requestHash: createHash('sha256')
      .update(JSON.stringify([tool.id, input]))
      .digest('hex'),
  })
  if (charge.replayed) {
    throw new ConflictError(
      'This request was already sent. It was charged once and runs once.',
      'duplicate_request',
    )
  }
  return charge
}
