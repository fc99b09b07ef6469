import { execFileSync, fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { PROJECT_DIRECTORY } from '../../../scripts/paths.ts'
import { findFreePort } from '../../dev-stack/ports.ts'

const FILES = {
  'package.json': '{ "type": "module" }',
  'next.config.js': `export default { turbopack: { root: ${JSON.stringify(PROJECT_DIRECTORY)} } }`,
  'app/layout.jsx': 'export default ({ children }) => <html lang="en"><body>{children}</body></html>',
  'app/page.jsx': 'export default () => <h1>Nothing</h1>',
}

/** The smallest app of the same Next.js, built and running: its one page is static. */
export async function startEmptyApp(): Promise<{ url: string; stop(): Promise<void> }> {
  await using undo = new AsyncDisposableStack()
  // Below the project, where its Next.js is found.
  const root = await mkdtemp(join(PROJECT_DIRECTORY, '.results-empty-app-'))
  undo.defer(() => rm(root, { recursive: true, force: true }))
  for (const [path, content] of Object.entries(FILES)) {
    await mkdir(dirname(join(root, path)), { recursive: true })
    await writeFile(join(root, path), content)
  }
  const env = { ...process.env, NODE_ENV: 'production' as const, NEXT_TELEMETRY_DISABLED: '1' }
  const command = join(PROJECT_DIRECTORY, 'node_modules/next/dist/bin/next')
  execFileSync(process.execPath, [command, 'build'], { cwd: root, env, stdio: 'pipe' })

  const port = await findFreePort(0)
  const url = `http://localhost:${port}`
  const server = fork(command, ['start', '-p', String(port), '-H', 'localhost'], {
    ...{ cwd: root, env, stdio: 'ignore' },
  })
  const ended = once(server, 'exit')
  undo.defer(async () => {
    server.kill('SIGTERM')
    await ended
  })
  while (!(await fetch(url).catch(() => null))?.ok) {
    if (server.exitCode !== null) throw new Error('The empty app did not start.')
    await delay(50)
  }
  const running = undo.move()
  return { url, stop: () => running.disposeAsync() }
}
