import { CreditsSDKError } from 'credit-sdk'
import { db, engine, readUserId } from '../../../lib/credits.ts'

export const runtime = 'nodejs'

/** Charges for a post and writes it, both or neither. A repeated request gets the first answer. */
export async function POST(request: Request): Promise<Response> {
  const userId = await readUserId(request)
  if (!userId) return Response.json({ error: 'UNAUTHORIZED' }, { status: 401 })
  const idempotencyKey = request.headers.get('idempotency-key')
  const title = (await request.text()).trim()
  if (!title || !idempotencyKey) return Response.json({ error: 'BAD_REQUEST' }, { status: 400 })
  try {
    const { transactionId, balanceAfter } = await db.transaction().execute(async (txn) => {
      const charge = await engine.charge({ userId, action: 'write-post', idempotencyKey, txn })
      const post = { id: charge.transactionId, user_id: userId, title }
      await txn
        .insertInto('posts')
        .values(post)
        .onConflict((conflict) => conflict.doNothing())
        .execute()
      return charge
    })
    return Response.json({ id: transactionId, credits: balanceAfter }, { status: 201 })
  } catch (error) {
    if (!(error instanceof CreditsSDKError)) throw error
    const status = error.code === 'INSUFFICIENT_CREDITS' ? 402 : 409
    return Response.json({ error: error.code, message: error.message }, { status })
  }
}
