import type { CreditsEngine, IStorageAdapter } from 'credit-sdk'
import { Hono } from 'hono'
import { HTTPException } from 'hono/http-exception'
import { describeError } from './errors.ts'

export type Services = {
  engine: CreditsEngine
  storage: IStorageAdapter
  /** The user of a request, by whatever your sign-in is. */
  readUserId: (request: Request) => Promise<string | null>
  /** The work that is paid for. */
  summarize: (text: string) => Promise<string>
}

export function createApp({ engine, storage, readUserId, summarize }: Services) {
  const app = new Hono<{ Variables: { userId: string } }>()

  app.onError((error, c) => {
    if (error instanceof HTTPException) return error.getResponse()
    const told = describeError(error)
    if (told) return c.json(told.body, told.status)
    console.error(error)
    return c.json({ error: 'INTERNAL', message: 'Something failed on our side. Try again.' }, 500)
  })

  app.use(async (c, next) => {
    const userId = await readUserId(c.req.raw)
    if (!userId) throw new HTTPException(401, { message: 'Sign in first.' })
    c.set('userId', userId)
    await next()
  })

  app.get('/balance', async (c) => c.json({ credits: await engine.queryBalance(c.get('userId')) }))

  app.post('/summaries', async (c) => {
    const userId = c.get('userId')
    const text = await c.req.text()
    const tokens = Math.ceil(text.length / 4)
    const idempotencyKey = c.req.header('idempotency-key')
    const charge = await engine.charge({
      userId,
      action: 'summarize',
      variables: { token: tokens },
      metadata: { tokens },
      idempotencyKey,
    })
    // The first answer to this key was a failure, and its credits are back: working now would be for free.
    if ((await storage.getRefundedAmount(charge.transactionId)) > 0)
      throw new HTTPException(409, { message: 'This request failed. Send it again under a new key.' })
    try {
      return c.json({ summary: await summarize(text), cost: charge.cost, credits: charge.balanceAfter })
    } catch (error) {
      const { transactionId, cost: amount } = charge
      const action = 'summarize-failed'
      // By the id of the charge: it can never come back twice, however often this is tried.
      await engine.refund({
        userId,
        amount,
        action,
        transactionId,
        idempotencyKey: `refund:${transactionId}`,
      })
      throw error
    }
  })

  return app
}
