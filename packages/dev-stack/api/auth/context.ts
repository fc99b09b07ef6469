import type { ApiConfig } from '../config.ts'
import type { ApiConnection } from '../data/connection.ts'
import type { Mailer } from '../mail/mailer.ts'
import type { Redirects } from '../mail/redirects.ts'
import type { Tokens } from '../tokens.ts'
import type { Engine } from './engine.ts'

export type Sql = ApiConnection['driver']

/** What the parts of Auth work with. */
export type AuthContext = {
  sql: Sql
  settings: ApiConfig['auth']
  engine: Engine
  mailer: Mailer
  redirects: Redirects
  tokens: Tokens
  /** Address of the gateway, as clients know it. */
  publicUrl: string
}
