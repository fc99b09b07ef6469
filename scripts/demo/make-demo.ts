import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { prepareAuthSchema } from '../../packages/dev-stack/api/index.ts'
import { loadKeys } from '../../packages/dev-stack/keys.ts' // #only payments
import { applyMigrations } from '../../packages/dev-stack/migrate.ts'
import { findFreePort, SERVICE_STEP } from '../../packages/dev-stack/ports.ts' // #only payments
import { startPostgres, stopLeftover } from '../../packages/dev-stack/postgres/index.ts'
import { POSTGRES_FOLDER } from '../../packages/dev-stack/stack.ts'
import { MIGRATIONS_DIRECTORY, SEED_FILE } from '../paths.ts'
import { type DemoCounts, tellDemo } from './tell-demo.ts'

// #region payments
/** Where the stack's payment sandbox listens by default. */
const SANDBOX_PORT = 54325
// #endregion

/** Deletes the data in `directory`, and fills it with the demo: a stack that starts there has it. */
export async function makeDemo(directory: string): Promise<DemoCounts> {
  await stopLeftover(join(directory, POSTGRES_FOLDER))
  await rm(directory, { recursive: true, force: true })
  await using undo = new AsyncDisposableStack()
  const database = await startPostgres({
    ...{ directory: join(directory, POSTGRES_FOLDER), port: 0 },
    // A demo that breaks off is made anew; one that is told is on the disk when the server stops.
    settings: { fsync: 'off', full_page_writes: 'off' },
  })
  undo.defer(database.stop)
  await prepareAuthSchema(database.apiUrl)
  await applyMigrations(database.ownerUrl, { directory: MIGRATIONS_DIRECTORY, seeds: [SEED_FILE] })
  // #region payments
  const { dodoApiKey: apiKey, dodoWebhookKey: webhookKey } = await loadKeys(directory)
  const sandbox = {
    directory: join(directory, 'dodo'),
    keys: { apiKey, webhookKey },
    port: await findFreePort(SANDBOX_PORT, SERVICE_STEP),
  }
  // #endregion
  return await tellDemo({
    database,
    sandbox, // #only payments
  })
}
