import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { stopLeftover } from '../../packages/dev-stack/postgres/index.ts'
import { POSTGRES_FOLDER } from '../../packages/dev-stack/stack.ts'
import { LOCAL_DIRECTORY } from '../paths.ts'
import { refuseWhileRunning } from './with-stack.ts'

/** Deletes all data and keys of the stack; the next start makes new ones. @throws while it runs. */
export async function reset(): Promise<void> {
  await refuseWhileRunning()
  await stopLeftover(join(LOCAL_DIRECTORY, POSTGRES_FOLDER))
  await rm(LOCAL_DIRECTORY, { recursive: true, force: true })
  console.log('The data of the local stack is gone. The next start makes it anew.')
}
