import { connectDatabase } from './database.ts'
import { startEverything } from './start-everything.ts'

/** The build on a stack where nobody else acts meanwhile. Until it is stopped the environment leads to that one. */
export async function startOwnStack(options?: Parameters<typeof startEverything>[0]) {
  await using undo = new AsyncDisposableStack()
  const before = { ...process.env }
  undo.defer(() => {
    Object.assign(process.env, before)
  })
  const running = await startEverything(options)
  undo.defer(running.stop)
  const sql = connectDatabase()
  undo.defer(() => sql.end())
  const started = undo.move()
  return { sql, stop: () => started.disposeAsync() }
}
