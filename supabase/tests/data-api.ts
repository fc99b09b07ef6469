import { createTokens, startApi } from '../../packages/dev-stack/api/index.ts'
import { serveHttp } from '../../packages/dev-stack/http-server.ts'
import { loadKeys } from '../../packages/dev-stack/keys.ts'
import { createMailbox } from '../../packages/dev-stack/mailbox/index.ts'

import { PROJECT_DIRECTORY } from '../../scripts/paths.ts'

const APP_URL = 'http://localhost:3000'

type DataApi = { env: Record<string, string>; close(): Promise<void> }

/** The Data API of a database, with its keys in `directory`, and the environment in which server code reaches it. */
export async function serveDataApi(apiUrl: string, directory: string, port = 0): Promise<DataApi> {
  await using undo = new AsyncDisposableStack()
  const keys = await loadKeys(directory)
  const api = await startApi({
    apiUrl,
    projectDirectory: PROJECT_DIRECTORY,
    keys,
    tokens: await createTokens(directory),
    mailbox: createMailbox(),
    siteUrl: APP_URL,
    publicUrl: 'http://127.0.0.1',
  })
  undo.defer(() => api.close())
  const gateway = undo.adopt(await serveHttp({ port, fetch: api.fetch }), (server) => server.close())
  const env = {
    APP_URL,
    NEXT_PUBLIC_SUPABASE_URL: gateway.url,
    NEXT_PUBLIC_SUPABASE_PUBLISHABLE_KEY: keys.publishableKey,
    SUPABASE_SECRET_KEY: keys.secretKey,
    DODO_PAYMENTS_API_KEY: keys.dodoApiKey,
    DODO_PAYMENTS_WEBHOOK_KEY: keys.dodoWebhookKey,
    LOG_LEVEL: 'error',
  }
  const running = undo.move()
  return { env, close: () => running.disposeAsync() }
}
