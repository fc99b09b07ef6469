import { POST as runTool } from '../../app/api/v1/tools/[id]/route.ts'
import { summarize as tool } from '../../tools/text-generation/tool.ts'
import { settleAll } from './after-answers.ts'
import type { Engine } from './engine.ts'
import { createKeyOwner } from './key-owner.ts'
import { at, keyRequest, type Sent } from './key-request.ts'

export const TEXT = { text: 'The harbor opened in 1887. It made the town rich. The town is small.' }

export type ApiClient = Awaited<ReturnType<typeof createApiClient>>

/** A program of somebody with 100 credits, whose key may do everything. */
export async function createApiClient(app: Engine) {
  const owner = await createKeyOwner(app, 100)
  const { secret } = await owner.createKey({ p_scopes: ['tools:*', 'balance:read', 'history:read'] })
  const request = (path: string, sent: Partial<Sent> = {}) => keyRequest(path, { key: secret, ...sent })
  const summarize = (sent: Partial<Sent> = {}) =>
    runTool(request(`/api/v1/tools/${tool.id}`, { body: TEXT, ...sent }), at(tool.id))
  /** Waits for what goes on after the answers, and checks the books: the end of a test. */
  async function finish() {
    await settleAll()
    await app.expectSoundLedger()
  }
  return { owner, user: owner.id, secret, request, summarize, finish }
}
