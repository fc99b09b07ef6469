import { z } from 'zod'
import type { Database } from './database.ts'
import { nameOf } from './messages.ts'
import { type Policies, PUBLIC_POLICIES, readPoliciesToJoin } from './policies.ts'
import { Refusal } from './refusal.ts'
import type { Feed } from './replication.ts'
import { EVENTS, resolveBinding, type Target } from './tables.ts'
import { type Role, readToken, type VerifyToken, type Viewer } from './viewer.ts'

const flag = z.boolean().nullish()
const text = z.string().nullish()

const bindingSchema = z.looseObject({
  event: z.preprocess((event) => (typeof event === 'string' ? event.toUpperCase() : '*'), z.enum(EVENTS)),
  schema: z.string().optional(),
  table: z.string().optional(),
  filter: z.string().optional(),
  select: z.array(z.string()).optional(),
})

const joinSchema = z.object({
  access_token: text,
  user_token: text,
  config: z
    .object({
      private: flag,
      broadcast: z
        .object({
          ack: flag,
          self: flag,
          replication_ready: flag,
          replay: z.object({ since: z.int().default(0), limit: z.int().default(10) }).nullish(),
        })
        .nullish(),
      presence: z.object({ key: text, enabled: flag }).nullish(),
      postgres_changes: z.array(z.looseObject({})).max(100).nullish(),
      postgres_changes_options: z.object({ wait: flag, timeout: z.number().nullish() }).nullish(),
    })
    .nullish(),
})

/** What a client asks for when it joins a topic. `bindings` stand as the client wrote them. */
export type Join = ReturnType<typeof readJoin>

/** Reads the payload of `phx_join`. Throws `Refusal`. */
export function readJoin(payload: Record<string, unknown>) {
  const { access_token, user_token, config } = check(joinSchema, payload)
  const replay = config?.broadcast?.replay ?? null
  if (replay && !config?.private)
    throw new Refusal('UnableToReplayMessages', 'Replay is not allowed for public channels')
  const { wait, timeout } = config?.postgres_changes_options ?? {}
  return {
    token: access_token ?? user_token,
    isPrivate: config?.private ?? false,
    replay,
    awaitsReplication: config?.broadcast?.replication_ready ?? false,
    acknowledges: config?.broadcast?.ack ?? false,
    hearsItself: config?.broadcast?.self ?? false,
    presenceKey: config?.presence?.key || null,
    followsPresence: config?.presence?.enabled ?? false,
    bindings: config?.postgres_changes ?? [],
    // The reply waits for the feed in any case; who says `wait` waits as long as on hosted Realtime.
    readyTimeoutMs: wait ? Math.min(timeout ?? 15_000, 20_000) : 5_000,
  }
}

export type JoinServices = {
  database: Database
  feed: Feed
  publication: string
  verify: VerifyToken
  privateOnly: boolean
}

/** Checks a join: as whom it reads, what it may do and what it follows, with the feed running. Throws `Refusal`. */
export async function admit(
  services: JoinServices,
  keyRole: Role,
  topic: string,
  join: Join,
): Promise<{ viewer: Viewer; policies: Policies; targets: Target[] }> {
  const { database, feed, publication, verify } = services
  if (services.privateOnly && !join.isPrivate)
    throw new Refusal('PrivateOnly', 'This project only allows private channels')
  const viewer = await readToken(verify, join.token, keyRole)
  const policies = join.isPrivate
    ? await readPoliciesToJoin(database, viewer, nameOf(topic))
    : PUBLIC_POLICIES
  const targets: Target[] = []
  for (const binding of join.bindings.map((raw) => check(bindingSchema, raw))) {
    targets.push(await resolveBinding(database, publication, viewer.role, binding))
  }
  if (targets.length > 0 && !(await feed.ready(join.readyTimeoutMs))) {
    throw new Refusal('PostgresChangesSubscribeTimeout', 'The change feed did not start in time')
  }
  return { viewer, policies, targets }
}

function check<Output>(schema: z.ZodType<Output>, value: unknown): Output {
  const result = schema.safeParse(value)
  if (result.success) return result.data
  const [issue] = result.error.issues
  throw new Refusal('InvalidJoinPayload', `${issue?.path.join('.')}: ${issue?.message}`)
}
