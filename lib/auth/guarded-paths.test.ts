import { globSync } from 'node:fs'
import { expect, it } from 'vitest'
import { isGuarded } from './guarded-paths'

function foldersOf(group: string): string[] {
  const entries = globSync(`${group}/*`, { cwd: `${import.meta.dirname}/../../app`, withFileTypes: true })
  return entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name)
}

it.each([...foldersOf('(protected)'), ...foldersOf('(admin)')])(
  'guards /%s and what lies below',
  (folder) => {
    expect(isGuarded(`/${folder}`)).toBe(true)
    expect(isGuarded(`/${folder}/below`)).toBe(true)
  },
)

it.each([...foldersOf('(marketing)/cached/[[]edition]'), ...foldersOf('(auth)'), 'dashboards'])(
  'leaves /%s open',
  (folder) => {
    expect(isGuarded(`/${folder}`)).toBe(false)
  },
)
