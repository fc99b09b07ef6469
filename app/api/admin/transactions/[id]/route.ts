import { z } from 'zod'
import { chosenUser } from '@/lib/admin/reason'
import { creditService } from '@/lib/credits'
import { parseInput } from '@/lib/http'
import { NotFoundError } from '@/lib/http/errors'
import { positiveId } from '@/lib/http/positive-id'
import { refuseMethods } from '@/lib/http/refuse-methods'
import { adminRoute, query } from '@/lib/http/routes'

const owner = z.strictObject({ userId: chosenUser })

/** Why a row of a user's ledger has its amount, as `/api/credits/transactions/{id}` tells its owner: `?userId=…`. */
export const GET = adminRoute(
  query(owner),
  async ({ input: { userId } }, { params }: RouteContext<'/api/admin/transactions/[id]'>) => {
    const id = parseInput(positiveId, (await params).id)
    const explanation = await creditService.explainTransaction(userId, id)
    if (!explanation) throw new NotFoundError('The user has no such transaction.', 'transaction_not_found')
    return explanation
  },
)

export const { DELETE, OPTIONS, PATCH, POST, PUT } = refuseMethods('GET')
