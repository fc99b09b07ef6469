import { spawnSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { brand, brandId } from '../lib/brand.ts'
import { copyProject } from './lint/copy-project.ts'
import { listFiles } from './lint/list-files.ts'

/**
 * What tells developers about this project, and who wrote it. Everything else is seen by others. A name that is a common
 * word is found where the word is meant, too: list those files here.
 */
const MAY_NAME_IT = [
  /^README\.md$/,
  /^LICENSE$/,
  /^CHANGELOG\.md$/,
  /^AGENTS\.md$/,
  /^CONTRIBUTING\.md$/,
  /^docs\//,
  // A library for other projects: its adapter bears the name of the engine that it calls, whoever sells with it.
  /^packages\/credit-sdk\//,
]

/** Tools of developers have colors of their own, tests name colors as samples. */
const MAY_HAVE_ITS_COLOR = [...MAY_NAME_IT, /^packages\//, /\.test\.tsx?$/]

const ICONS = ['public/icon.svg', 'public/favicon.ico', 'public/apple-icon.png']

it('another name and color are one file and one command', () => {
  using copy = copyProject({ withModules: true })
  const read = (path: string) => readFileSync(join(copy.root, path))
  const filesWith = (word: string, exceptions: readonly RegExp[]) =>
    listFiles(copy.root)
      .filter((path) => !exceptions.some((exception) => exception.test(path)))
      .filter((path) => read(path).includes(word))
  const icons = ICONS.map(read)

  const source = read('lib/brand.ts').toString()
  const changed = source.replace(brand.name, 'Acme & Söhne "Tools"').replace(brand.color, '#7c3aed')
  writeFileSync(join(copy.root, 'lib/brand.ts'), changed)
  const { status, stderr } = spawnSync('node', ['scripts/brand.ts'], { cwd: copy.root, encoding: 'utf8' })
  expect(stderr).toBe('')
  expect(status).toBe(0)

  expect(filesWith(brand.name, MAY_NAME_IT)).toEqual([])
  expect(filesWith(brandId, MAY_NAME_IT)).toEqual([])
  expect(filesWith(brand.color, MAY_HAVE_ITS_COLOR)).toEqual([])
  for (const [index, path] of ICONS.entries())
    expect(read(path).equals(icons[index] ?? read(path))).toBe(false)
  expect(read('app/brand.css').toString()).toContain('#7c3aed')
  expect(read('supabase/config.toml').toString()).toContain('project_id = "acme-sohne-tools"')
  expect(read('supabase/templates/invite.html').toString()).toContain('Acme &amp; Söhne &quot;Tools&quot;')
  expect(JSON.parse(read('package.json').toString())).toMatchObject({ name: 'acme-sohne-tools' })
})
