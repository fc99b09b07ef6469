import type { AddressInfo } from 'node:net'
import { createAdaptorServer } from '@hono/node-server'
import { createDodoApi } from './api/index.ts'
import { startSettling } from './charge.ts'
import { controlRoutes } from './control.ts'
import { dispatch, errorJson } from './http.ts'
import { pageRoutes } from './pages/routes.ts'
import type { Sandbox } from './sandbox.ts'
import { openStore } from './store.ts'
import type { SandboxOptions } from './types.ts'
import { createWebhooks } from './webhooks.ts'

export type { SandboxOptions, SandboxProduct } from './types.ts'

/**
 * A DodoPayments of one's own on 127.0.0.1: the API the `dodopayments` SDK talks to, the hosted checkout,
 * and signed webhooks that are retried. Everything survives a restart, undelivered webhooks included.
 * @throws when the port is taken
 */
export async function startDodoSandbox(
  options: SandboxOptions,
): Promise<{ url: string; close(): Promise<void> }> {
  const store = openStore(options.directory)
  const webhooks = createWebhooks(store, options)
  let url = ''
  const sandbox: Sandbox = { options, store, webhooks, url: () => url }
  const open = [...pageRoutes(sandbox), ...controlRoutes(sandbox)]
  const api = createDodoApi(sandbox)

  const server = createAdaptorServer({
    // The other services of this process keep the Request and Response they know.
    overrideGlobalObjects: false,
    fetch: async (request: Request) => {
      try {
        return (await dispatch(open, request)) ?? (await api(request))
      } catch (error) {
        return errorJson(error)
      }
    },
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(options.port, '127.0.0.1', resolve)
  })
  const address = server.address()
  url = `http://127.0.0.1:${isTcp(address) ? address.port : options.port}`
  const stopSettling = startSettling(sandbox)
  webhooks.resume()

  return {
    url,
    async close() {
      stopSettling()
      await webhooks.close()
      await new Promise((resolve) => {
        server.close(resolve)
        if ('closeAllConnections' in server) server.closeAllConnections()
      })
    },
  }
}

function isTcp(address: AddressInfo | string | null): address is AddressInfo {
  return typeof address === 'object' && address !== null
}
