import type { CreditsEngine } from 'credit-sdk'
import type { PgBoss } from 'pg-boss'

export type RenderRequest = { requestId: string; userId: string; scene: string }

export type WorkerOptions = {
  boss: PgBoss
  engine: CreditsEngine
  /** The work that is paid for. */
  render: (scene: string) => Promise<void>
  /** How often a job is tried again, and after how many seconds. */
  retryLimit?: number
  retryDelay?: number
}

const QUEUE = 'render'
const FAILED = 'render-failed'
const POLLING = { pollingIntervalSeconds: 0.5 }

/**
 * Pays for a job when it begins, under the request's own key: tried again, after a crash too, it pays once. A job that
 * failed for good comes to the second queue, which gives the credits back, under a key as well.
 */
export async function startWorker({ boss, engine, render, retryLimit = 2, retryDelay = 5 }: WorkerOptions) {
  await boss.createQueue(FAILED)
  await boss.createQueue(QUEUE, { deadLetter: FAILED, retryLimit, retryDelay })

  await boss.work<RenderRequest>(QUEUE, POLLING, async ([job]) => {
    if (!job) return
    await chargeFor(engine, job.data)
    await render(job.data.scene)
  })

  await boss.work<RenderRequest>(FAILED, POLLING, async ([job]) => {
    if (!job) return
    const { userId, requestId } = job.data
    const [charge] = (await engine.getHistory(userId, { action: 'render', limit: 1000 })).filter(
      ({ metadata }) => metadata.requestId === requestId,
    )
    // It never got so far as to be paid, for lack of credits.
    if (!charge) return
    const refund = { userId, amount: -charge.amount, action: 'render-failed', transactionId: charge.id }
    await engine.refund({ ...refund, idempotencyKey: `refund:${requestId}` })
  })
}

/** Puts a request into the queue. The id comes from whoever asks, so that asking twice is asking once. */
export async function requestRender(boss: PgBoss, request: RenderRequest): Promise<void> {
  await boss.send(QUEUE, request, { singletonKey: request.requestId })
}

function chargeFor(engine: CreditsEngine, { userId, requestId }: RenderRequest) {
  const metadata = { requestId }
  return engine.charge({ userId, action: 'render', idempotencyKey: `render:${requestId}`, metadata })
}
