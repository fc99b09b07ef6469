import { createClient, type SupabaseClientOptions } from '@supabase/supabase-js'
import postgres from 'postgres'
import { inject } from 'vitest'
import { serveHttp } from '../http-server.ts'
import { loadKeys } from '../keys.ts'
import { createMailbox } from '../mailbox/index.ts'
import { makeTemporaryDirectory } from '../temporary-directory.ts'
import { createTestDatabase } from '../testing.ts'
import { type Api, createTokens, startApi } from './index.ts'

// Nobody attacks the passwords of tests.
process.env.LITE_AUTH_BCRYPT_COST = '4'

export const SITE_URL = 'http://localhost:3000'

/** The API over HTTP on a copy of the seeded database, and supabase-js clients of it. */
export async function startTestApi() {
  await using undo = new AsyncDisposableStack()
  const directory = await makeTemporaryDirectory()
  undo.defer(directory.remove)
  const database = await createTestDatabase(inject('testServer'))
  undo.defer(database.drop)
  const [keys, tokens] = await Promise.all([loadKeys(directory.path), createTokens(directory.path)])
  const mailbox = createMailbox()
  const requests: string[] = []
  const holder: { api?: Api } = {}
  const http = await serveHttp({
    port: 0,
    async fetch(request) {
      requests.push(`${request.method} ${new URL(request.url).pathname}`)
      return (await holder.api?.fetch(request)) ?? new Response(null, { status: 503 })
    },
  })
  undo.defer(http.close)
  const sql = postgres(database.ownerUrl, { max: 2, onnotice: () => {} })
  undo.defer(() => sql.end())
  const declaredPrivileges = await readPrivileges(sql)
  const api = await startApi({
    apiUrl: database.apiUrl,
    projectDirectory: inject('projectDirectory'),
    keys,
    tokens,
    mailbox,
    siteUrl: SITE_URL,
    publicUrl: http.url,
  })
  holder.api = api
  undo.defer(api.close)

  function connect(key: string, options: SupabaseClientOptions<'public'> = {}) {
    return createClient(http.url, key, {
      ...options,
      auth: { autoRefreshToken: false, persistSession: false, ...options.auth },
    })
  }

  const running = undo.move()
  return {
    url: http.url,
    keys,
    tokens,
    mailbox,
    /** The database as its owner. */
    sql,
    /** Who might do what before the API started, and who may now. */
    declaredPrivileges,
    readPrivileges: () => readPrivileges(sql),
    /** Every request since the start, as `GET /path`. */
    requests,
    connect,
    /** A client that nobody has signed in to. */
    visitor: (options?: SupabaseClientOptions<'public'>) => connect(keys.publishableKey, options),
    /** A client with the secret key. */
    service: () => connect(keys.secretKey),
    /** What the newest mail to `address` links to. */
    linkMailedTo(address: string): URL {
      const mail = mailbox.messages().find((message) => message.to === address)
      const link = /href="([^"]*\/auth\/confirm[^"]*)"/.exec(mail?.html ?? '')?.[1]
      if (!link) throw new Error(`No link was mailed to ${address}`)
      return new URL(link.replaceAll('&amp;', '&'))
    },
    stop: () => running.disposeAsync(),
  }
}

/** Every privilege on every schema, table, column, sequence and function, and those that new ones will get. */
async function readPrivileges(sql: postgres.Sql): Promise<string[]> {
  const rows = await sql<{ line: string }[]>`
    select format('schema %s %s', nspname, nspacl) as line from pg_namespace where nspname not like 'pg\\_%'
    union all
    select format('%s %s', oid::regclass, relacl) from pg_class where relnamespace::regnamespace::text not like 'pg\\_%'
    union all
    select format('%s.%s %s', attrelid::regclass, attname, attacl) from pg_attribute where attacl is not null
    union all
    select format('%s %s', oid::regprocedure, proacl) from pg_proc where pronamespace::regnamespace::text not like 'pg\\_%'
    union all
    select format('default %s %s %s %s', defaclrole::regrole, defaclnamespace, defaclobjtype, defaclacl) from pg_default_acl
    order by 1`
  return rows.map((row) => row.line)
}

export type TestApi = Awaited<ReturnType<typeof startTestApi>>

let people = 0

/** An address nobody has used in this test file. */
export function newAddress(): string {
  people += 1
  return `person-${people}@example.com`
}

/** The claim a mailed link makes: hash and kind. */
export function proofIn(link: URL): { token_hash: string; type: 'email' } {
  return { token_hash: link.searchParams.get('token_hash') ?? '', type: 'email' }
}
