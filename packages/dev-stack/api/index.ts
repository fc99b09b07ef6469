import { randomBytes } from 'node:crypto'
import { App } from '@supabase/lite'
import type { LocalKeys } from '../keys.ts'
import { createEngine } from './auth/engine.ts'
import { serveAuth } from './auth/index.ts'
import { currentCaller, identifyCaller } from './caller.ts'
import { type ApiConfig, readConfig } from './config.ts'
import { ApiConnection } from './data/connection.ts'
import { json, preflight, reauthorize, withCors, withoutBody } from './http.ts'
import { createMailer, type SendMail } from './mail/mailer.ts'
import { createRedirects } from './mail/redirects.ts'
import type { Tokens } from './tokens.ts'

export { prepareAuthSchema } from './auth-schema.ts'
export { createTokens } from './tokens.ts'

export type Api = {
  /** Serves /auth/v1 and /rest/v1. */
  fetch(request: Request): Promise<Response>
  close(): Promise<void>
}

type Options = {
  /** The database as `supabase_auth_admin`, with `prepareAuthSchema` and the migrations applied. */
  apiUrl: string
  /** Holds `supabase/config.toml`. */
  projectDirectory: string
  keys: Pick<LocalKeys, 'publishableKey' | 'secretKey'>
  tokens: Tokens
  mailbox: { send: SendMail }
  /** The application: where mailed links lead. */
  siteUrl: string
  /** The gateway's own address: who issues the tokens. */
  publicUrl: string
}

/** Starts Auth and the Data API. @throws when the database cannot be read. */
export async function startApi(options: Options): Promise<Api> {
  const { keys, tokens, mailbox, siteUrl, publicUrl } = options
  const config = await readConfig(options.projectDirectory)
  const connection = await ApiConnection.open(options.apiUrl, config.api.schemas)
  const jwtSecret = randomBytes(32).toString('hex')
  const app = createApp(connection, config, siteUrl, jwtSecret)
  const redirects = createRedirects(siteUrl, config.auth.additional_redirect_urls)
  const mailer = createMailer({ config, redirects, siteUrl, publicUrl, send: (mail) => mailbox.send(mail) })
  app._mailer = mailer.engine
  const engine = createEngine(app, jwtSecret)
  const auth = { sql: connection.driver, settings: config.auth, engine, mailer, redirects, tokens, publicUrl }

  async function serve(request: Request): Promise<Response> {
    const { pathname } = new URL(request.url)
    const isAuth = pathname.startsWith('/auth/v1/')
    if (!isAuth && !pathname.startsWith('/rest/v1/'))
      return json(404, { message: 'no Route matched with those values' })
    const caller = await identifyCaller(request, { ...keys, verify: tokens.verify })
    if (caller instanceof Response) return caller
    if (isAuth) return await serveAuth(auth, request, caller)
    // The Data API asks `currentCaller` who calls, and needs no credentials.
    const anonymous = await reauthorize(request)
    // The library reads the arguments of a function that is asked with HEAD as filters.
    const isHeadCall = request.method === 'HEAD' && pathname.startsWith('/rest/v1/rpc/')
    const asked = isHeadCall ? new Request(anonymous, { method: 'GET' }) : anonymous
    const response = await currentCaller.run(caller, () => app.fetch(asked))
    return isHeadCall ? withoutBody(response) : response
  }

  return {
    async fetch(request) {
      if (request.method === 'OPTIONS') return preflight(request)
      try {
        return withCors(await serve(request))
      } catch (error) {
        console.error('The embedded API failed:', error)
        return withCors(
          json(500, { code: 500, error_code: 'unexpected_failure', msg: 'Internal Server Error' }),
        )
      }
    },
    close: () => connection.close(),
  }
}

function createApp(
  connection: ApiConnection,
  { api, auth }: ApiConfig,
  siteUrl: string,
  jwtSecret: string,
): App {
  const { email, external, ...settings } = auth
  return new App({
    connection,
    api: { enabled: true, schemas: api.schemas, max_rows: api.max_rows },
    auth: {
      ...settings,
      enabled: true,
      jwt_secret: jwtSecret,
      site_url: siteUrl,
      external,
      email: {
        enable_signup: true,
        enable_confirmations: true,
        double_confirm_changes: true,
        otp_length: email.otp_length,
        otp_expiry: email.otp_expiry,
      },
    },
    db: { migrations: { enabled: false } },
    studio: { enabled: false },
    options: { server: { apiKeys: false, disableStudio: true, disableFallback: true } },
  })
}
