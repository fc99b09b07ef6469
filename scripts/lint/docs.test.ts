import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { PROJECT_DIRECTORY } from '../paths.ts'
import { listFiles } from './list-files.ts'

const FILES = listFiles(PROJECT_DIRECTORY).filter((file) => file.endsWith('.md'))
const FOLDERS = [
  'app',
  'tools',
  'components',
  'lib',
  'supabase',
  'packages',
  'scripts',
  'e2e',
  'public',
  'docs',
]

const exists = (path: string) => existsSync(join(PROJECT_DIRECTORY, path))

/** The folder of the package that a page belongs to; the project's own for most. */
const packageOf = (file: string) => /^packages\/[^/]+/.exec(file)?.[0] ?? '.'

describe.each(FILES)('%s', (file) => {
  const text = readFileSync(join(PROJECT_DIRECTORY, file), 'utf8')
  const prose = text.replaceAll(/```[\s\S]*?```/g, '')

  it('links to files that are there', () => {
    const links = [...prose.matchAll(/\]\((?!https?:|mailto:|#)([^)#]+)/g)].map(([, link = '']) =>
      join(dirname(file), link),
    )
    expect(links.filter((link) => !exists(link))).toEqual([])
  })

  it('names paths that are there', () => {
    const paths = [...prose.matchAll(/`([\w()[\]./-]+)`/g)].map(([, path = '']) => path)
    const ours = paths.filter((path) => FOLDERS.some((folder) => path.startsWith(`${folder}/`)))
    // The pages of a package name what is in it.
    const isThere = (path: string) => exists(path) || exists(join(packageOf(file), path))
    expect(ours.filter((path) => !isThere(path))).toEqual([])
  })
})
