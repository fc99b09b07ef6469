import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

type Package = Record<string, unknown> & { packages?: Record<string, Package> }

/**
 * Takes scripts and dependencies out of the package.json of a folder, by default of the project's own, and out of what the
 * lock file repeats of it.
 */
export function editPackage(
  root: string,
  cut: { scripts?: readonly string[]; dependencies?: readonly string[] },
  folder = '',
): void {
  editJson(join(root, folder, 'package.json'), (json) => cutEntries(json, cut))
  editJson(join(root, 'package-lock.json'), ({ packages }) => {
    const listed = packages?.[folder]
    if (listed) cutEntries(listed, cut)
  })
}

function cutEntries(
  json: Package,
  { scripts = [], dependencies = [] }: Parameters<typeof editPackage>[1],
): void {
  for (const [group, names] of Object.entries({ scripts, dependencies, devDependencies: dependencies })) {
    const entries = json[group]
    if (typeof entries !== 'object' || entries === null) continue
    for (const name of names) Reflect.deleteProperty(entries, name)
  }
}

function editJson(path: string, change: (json: Package) => void): void {
  if (!existsSync(path)) return
  const json: Package = JSON.parse(readFileSync(path, 'utf8'))
  change(json)
  writeFileSync(path, `${JSON.stringify(json, null, 2)}\n`)
}
