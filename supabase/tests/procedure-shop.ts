import { expect } from 'vitest'
import { createApiClient } from '../../lib/api-client/index.ts'
import { serveHttp } from '../../packages/dev-stack/http-server.ts'
import { serveProcedures } from './procedure-routes.ts'
import { openShop } from './shop.ts'

export type ProcedureShop = Awaited<ReturnType<typeof openProcedures>>

/** The shop, with the REST routes of the procedures served over HTTP and a typed client of them. */
export async function openProcedures() {
  await using undo = new AsyncDisposableStack()
  const shop = undo.adopt(await openShop(), (opened) => opened.close())
  await shop.owner`insert into credit_types (id, name) values ('enrichment', 'Enrichment') on conflict do nothing`
  const { url } = undo.adopt(await serveHttp({ port: 0, fetch: serveProcedures }), (server) => server.close())
  const asPerson = async (id: string) => ({
    ...{ id, email: `${id}@example.com`, sessionId: await shop.signIn(id) },
  })
  const running = undo.move()
  return {
    shop,
    url,
    client: createApiClient({ baseUrl: url }),
    /** Somebody new, in a session. */
    join: async (options?: { balance: number }) => asPerson(await shop.createUser(options)),
    joinAsAdmin: async () => asPerson(await shop.createAdmin()),
    close: () => running.disposeAsync(),
  }
}

/** An error of the client with this code. */
export const refusal = (code: string, status: number) => expect.objectContaining({ code, status })
