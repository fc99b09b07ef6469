import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { PROJECT_DIRECTORY } from '../paths.ts'
import { BUNDLE_BUDGETS } from './bundle-budgets.ts'

type RouteStats = { route: string; firstLoadChunkPaths: string[] }

/** The script of every page of the same Next.js, which an empty app loads as well. */
type BuildManifest = { rootMainFiles: string[] }

/** `node scripts/test/check-bundles.ts`, after a build: fails when a page loads more than its budget. */
const stats = await readBuilt<RouteStats[]>('.next/diagnostics/route-bundle-stats.json')
const { rootMainFiles } = await readBuilt<BuildManifest>('.next/build-manifest.json')
const ofEveryApp = new Set(rootMainFiles.map((path) => `.next/${path}`))
const sizes = new Map<string, number>()

const pages = await Promise.all(stats.map(measure))
const heaviest = pages.toSorted((a, b) => b.kib - a.kib)
for (const { route, kib } of process.argv.includes('--all')
  ? heaviest
  : heaviest.filter(({ over }) => over)) {
  console.log(`${kib.toFixed(1).padStart(6)} of ${budgetOf(route)} KiB above an empty app: ${route}`)
}
const over = pages.filter((page) => page.over).length
console.log(`${pages.length} pages measured, ${over} over their budget.`)
if (over > 0) console.log('Budgets, and what counts: scripts/test/bundle-budgets.ts')
// A build without pages has none over budget either.
process.exitCode = over > 0 || pages.length === 0 ? 1 : 0

async function measure({ route, firstLoadChunkPaths }: RouteStats) {
  let bytes = 0
  for (const path of firstLoadChunkPaths) if (!ofEveryApp.has(path)) bytes += await sizeOf(path)
  const kib = bytes / 1024
  return { route, kib, over: kib > budgetOf(route) }
}

function budgetOf(route: string): number {
  const covering = Object.entries(BUNDLE_BUDGETS)
    .filter(([path]) => path === route || (path.endsWith('/*') && route.startsWith(path.slice(0, -1))))
    .toSorted(([a], [b]) => b.length - a.length)
  const budget = covering[0]?.[1]
  if (budget === undefined) throw new Error(`${route} has no budget in scripts/test/bundle-budgets.ts.`)
  return budget
}

async function sizeOf(path: string): Promise<number> {
  const known = sizes.get(path)
  if (known !== undefined) return known
  const size = gzipSync(await readFile(join(PROJECT_DIRECTORY, path))).length
  sizes.set(path, size)
  return size
}

async function readBuilt<Json>(path: string): Promise<Json> {
  return JSON.parse(await readFile(join(PROJECT_DIRECTORY, path), 'utf8'))
}
