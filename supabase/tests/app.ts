import { createTokens, startApi } from '../../local/api/index.ts'
import { serveHttp } from '../../local/http-server.ts'
import { loadKeys } from '../../local/keys.ts'
import { createMailbox } from '../../local/mailbox/index.ts'
import { makeTemporaryDirectory } from '../../local/temporary-directory.ts'
import { type Engine, openEngine } from './engine.ts'

const APP_URL = 'http://localhost:3000'

/** A database with its Data API, which the app's own server code reaches as it does in production. */
export async function openApp(): Promise<Engine> {
  await using undo = new AsyncDisposableStack()
  const directory = undo.adopt(await makeTemporaryDirectory(), (made) => made.remove()).path
  const engine = undo.adopt(await openEngine({ connections: 4 }), (opened) => opened.close())
  const keys = await loadKeys(directory)
  const api = await startApi({
    apiUrl: engine.database.apiUrl,
    keys,
    tokens: await createTokens(directory),
    mailbox: createMailbox(),
    siteUrl: APP_URL,
    publicUrl: 'http://127.0.0.1',
  })
  undo.defer(() => api.close())
  const gateway = undo.adopt(await serveHttp({ port: 0, fetch: api.fetch }), (server) => server.close())
  Object.assign(process.env, {
    APP_URL,
    NEXT_PUBLIC_SUPABASE_URL: gateway.url,
    NEXT_PUBLIC_SUPABASE_PUBLISHABLE_KEY: keys.publishableKey,
    SUPABASE_SECRET_KEY: keys.secretKey,
    DODO_PAYMENTS_API_KEY: keys.dodoApiKey,
    DODO_PAYMENTS_WEBHOOK_KEY: keys.dodoWebhookKey,
    LOG_LEVEL: 'error',
  })
  const running = undo.move()
  return { ...engine, close: () => running.disposeAsync() }
}
