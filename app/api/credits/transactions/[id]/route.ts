import { z } from 'zod'
import { requireApiUser } from '@/lib/auth/session'
import { creditService } from '@/lib/credits'
import { handleRoute, parseInput } from '@/lib/http'
import { NotFoundError } from '@/lib/http/errors'

const transactionId = z.coerce.number().int().positive()

/** Why a row of the caller's ledger has its amount: price rule, tier, inputs, grants, how its run ended. */
export const GET = handleRoute(async (_, { params }: RouteContext<'/api/credits/transactions/[id]'>) => {
  const user = await requireApiUser()
  const id = parseInput(transactionId, (await params).id)
  const explanation = await creditService.explainTransaction(user.id, id)
  if (!explanation) throw new NotFoundError('You have no such transaction.', 'transaction_not_found')
  return Response.json(explanation)
})
