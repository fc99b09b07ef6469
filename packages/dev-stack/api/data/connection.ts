import { setTimeout as delay } from 'node:timers/promises'
import type { AnyAST, IntrospectResult } from '@supabase/lite'
import { PostgresConnection } from '@supabase/lite/postgres'
import { sql } from 'kysely'
import { currentCaller } from '../caller.ts'
import { toPostgrestError } from './database-errors.ts'
import { dropBroken } from './drop-broken.ts'
import { keepExposed } from './exposed-schemas.ts'
import { fillDefaults } from './insert-defaults.ts'
import { wrapJsonValues } from './json-values.ts'
import { assertMaxAffected, assertSetReturning } from './max-affected.ts'
import { POSTGRES_TYPES } from './postgres-types.ts'
import { roleSettings } from './role-settings.ts'
import { writeRowArguments } from './row-arguments.ts'

type WithContext = PostgresConnection['withContext']

const POOL_SIZE = 15
const CLOSE_SECONDS = 2
const RELOAD_CHANNEL = 'pgrst'
const ANONYMOUS = { role: 'anon', claims: { role: 'anon' }, signedIn: false }

/**
 * The database as the Data API sees it. It differs from its parent in that it grants nothing to anybody,
 * becomes the caller in one statement, reads the schema again when told to, and answers errors as PostgREST does.
 */
export class ApiConnection extends PostgresConnection {
  #schema: Promise<IntrospectResult> | undefined
  #isReloadWaiting = false
  #isClosing = false
  #exposed: readonly string[] = []

  /** Reads the schema before it is ready, so that the first requests do not race to. */
  static async open(url: string, schemas: readonly string[]): Promise<ApiConnection> {
    const connection = new ApiConnection({
      url,
      postgresOptions: { max: POOL_SIZE, types: POSTGRES_TYPES, onnotice: () => {} },
    })
    dropBroken(connection.driver)
    connection.#exposed = schemas
    // Called again after every reconnection: changes may have been missed.
    await connection.driver.listen(
      RELOAD_CHANNEL,
      () => connection.#reload(),
      () => connection.#reload(),
    )
    const { tables } = await connection.introspect({ useCache: true })
    if (tables.length === 0) throw new Error('The Data API could not read the schema of the database.')
    return connection
  }

  override introspect(options?: { useCache?: boolean }): Promise<IntrospectResult> {
    if (!this.#schema || !options?.useCache) this.#reload()
    return this.#schema ?? super.introspect()
  }

  /** Reads the schema once the reading under way is done; any number of changes meanwhile make one of it. */
  #reload(): void {
    if (this.#isReloadWaiting || this.#isClosing) return
    this.#isReloadWaiting = true
    const inFlight = this.#schema
    this.#schema = (async () => {
      await inFlight?.catch(() => {})
      this.#isReloadWaiting = false
      return await keepExposed(this.driver, await super.introspect(), this.#exposed)
    })()
    // Told to the requests that need it: after a change nobody may be waiting.
    this.#schema.catch(() => {})
  }

  /**
   * Waits for a reading of the schema: the driver never ends while one asks for a connection. Nor does it when the
   * server was killed meanwhile, so that neither is waited for long.
   */
  override async close(): Promise<void> {
    this.#isClosing = true
    const giveUp = () => delay(CLOSE_SECONDS * 1000, undefined, { ref: false })
    await Promise.race([this.#schema?.catch(() => {}), giveUp()])
    await Promise.race([this.driver.end({ timeout: CLOSE_SECONDS / 2 }), giveUp()])
  }

  override async withContext<T>(
    vars: Parameters<WithContext>[0],
    run: (db: this['kysely']) => Promise<T>,
    options?: Parameters<WithContext>[2],
  ): Promise<T> {
    if (!vars) return await super.withContext(vars, run, options)
    const { role, claims } = currentCaller.getStore() ?? ANONYMOUS
    const rpc = options?.rpc
    if (rpc) assertSetReturning(rpc, await this.introspect({ useCache: true }))
    return await this.kysely.transaction().execute(async (transaction) => {
      await sql`
        select
          ${roleSettings(role)},
          set_config('role', ${role}, true),
          set_config('search_path', 'public, extensions', true),
          set_config('request.jwt.claims', ${JSON.stringify(claims)}, true),
          set_config('request.method', ${rpc?.method ?? ''}, true),
          set_config('request.path', ${rpc?.path ?? ''}, true),
          set_config('request.headers', ${JSON.stringify(rpc?.requestHeaders ?? {})}, true),
          set_config('response.status', '', true),
          set_config('response.headers', '', true),
          set_config('transaction_read_only', ${rpc?.readOnly ? 'on' : 'off'}, true)
      `.execute(transaction)
      const result = await run(transaction)
      if (rpc) assertMaxAffected(rpc, result)
      return result
    })
  }

  override async onPostgrestAST(ast: AnyAST): Promise<AnyAST> {
    const known = await super.onPostgrestAST(ast)
    const schema = await this.introspect({ useCache: true })
    return await writeRowArguments(this.driver, fillDefaults(wrapJsonValues(known, schema)), schema)
  }

  override normalizeDbError(error: unknown): unknown {
    return toPostgrestError(error, (currentCaller.getStore() ?? ANONYMOUS).role)
  }
}
