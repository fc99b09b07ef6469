import { serveHttp } from '../http-server.ts'
import { createDodoApi } from './api/index.ts'
import { startClock } from './clock.ts'
import { controlRoutes } from './control/index.ts'
import { dispatch, errorJson } from './http.ts'
import { pageRoutes } from './pages/routes.ts'
import type { Sandbox } from './sandbox.ts'
import { openStore } from './store.ts'
import type { SandboxOptions } from './types.ts'
import { dodoWebhooks } from './webhook-face.ts'
import { createWebhooks } from './webhooks.ts'

export type { SandboxOptions } from './types.ts'

/**
 * A DodoPayments of one's own on 127.0.0.1: the API the `dodopayments` SDK talks to, the hosted checkout,
 * and signed webhooks that are retried. Everything survives a restart, undelivered webhooks included.
 * @throws when the port is taken
 */
export async function startDodoSandbox(
  options: SandboxOptions,
): Promise<{ url: string; close(): Promise<void> }> {
  const store = openStore(options.directory)
  const webhooks = createWebhooks(store, options, dodoWebhooks(store, options.webhookKey))
  let url = ''
  const sandbox: Sandbox = { options, store, webhooks, url: () => url }
  const open = [...pageRoutes(sandbox), ...controlRoutes(sandbox)]
  const api = createDodoApi(sandbox)

  const server = await serveHttp({
    port: options.port,
    fetch: async (request) => {
      try {
        return (await dispatch(open, request)) ?? (await api(request))
      } catch (error) {
        return errorJson(error)
      }
    },
  })
  url = server.url
  const stopClock = startClock(sandbox)
  webhooks.resume()

  return {
    url,
    async close() {
      stopClock()
      await webhooks.close()
      await server.close()
    },
  }
}
