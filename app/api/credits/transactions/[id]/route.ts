import { z } from 'zod'
import { creditService } from '@/lib/credits'
import { parseInput } from '@/lib/http'
import { NotFoundError } from '@/lib/http/errors'
import { refuseMethods } from '@/lib/http/refuse-methods'
import { noInput, userRoute } from '@/lib/http/routes'

const transactionId = z.coerce.number().int().positive()

/** Why a row of the caller's ledger has its amount: price rule, tier, inputs, grants, how its run ended. */
export const GET = userRoute(
  noInput,
  async ({ user }, { params }: RouteContext<'/api/credits/transactions/[id]'>) => {
    const id = parseInput(transactionId, (await params).id)
    const explanation = await creditService.explainTransaction(user.id, id)
    if (!explanation) throw new NotFoundError('You have no such transaction.', 'transaction_not_found')
    return explanation
  },
)

export const { DELETE, OPTIONS, PATCH, POST, PUT } = refuseMethods('GET')
