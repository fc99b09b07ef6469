import { makeTemporaryDirectory } from '../../packages/dev-stack/temporary-directory.ts'
import { serveDataApi } from './data-api.ts'
import { type Engine, openEngine } from './engine.ts'

/** A database with its Data API, which the app's own server code reaches as it does in production. */
export async function openApp(): Promise<Engine> {
  await using undo = new AsyncDisposableStack()
  const directory = undo.adopt(await makeTemporaryDirectory(), (made) => made.remove())
  const engine = undo.adopt(await openEngine({ connections: 4 }), (opened) => opened.close())
  const { apiUrl } = engine.database
  const served = undo.adopt(await serveDataApi(apiUrl, directory.path), (api) => api.close())
  Object.assign(process.env, served.env)
  const running = undo.move()
  return { ...engine, close: () => running.disposeAsync() }
}
