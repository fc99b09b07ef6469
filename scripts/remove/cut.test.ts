import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { listFiles } from '../lint/list-files.ts'
import { PROJECT_DIRECTORY } from '../paths.ts'
import { cutDeclarations } from './cut-declarations.ts'
import { cutRegions } from './cut-regions.ts'
import { listFeatures } from './features.ts'

describe('a region', () => {
  it.each([
    ['// #region shop', '// #endregion'],
    ['  {/* #region shop */}', '  {/* #endregion */}'],
    ['<!-- #region shop -->', '<!-- #endregion -->'],
    ['# #region admin shop', '# #endregion shop'],
  ])('goes with its feature: %s', (start, end) => {
    const text = ['before', start, 'inside', end, 'after'].join('\n')
    expect(cutRegions(text, 'shop')).toBe('before\nafter')
    expect(cutRegions(text, 'sho')).toBe(text)
  })

  it.each(['| a row | <!-- #only shop --> |', "'reconcile', // #only admin shop"])(
    'may be a line: %s',
    (line) => {
      expect(cutRegions(`before\n${line}\nafter`, 'shop')).toBe('before\nafter')
      expect(cutRegions(line, 'sho')).toBe(line)
    },
  )

  it('goes whole, with those of other features within it', () => {
    const text = '// #region shop\n1\n// #region ai\n2\n// #endregion\n3\n// #endregion\nafter'
    expect(cutRegions(text, 'shop')).toBe('after')
    expect(cutRegions(text, 'ai')).toBe('// #region shop\n1\n3\n// #endregion\nafter')
  })

  it('begins before it ends, in every file of this project', () => {
    for (const file of listFiles(PROJECT_DIRECTORY)) {
      if (/\.(png|ico|woff2?|ttf|pdf)$/.test(file) || file.startsWith('scripts/remove/')) continue
      const depth = readFileSync(join(PROJECT_DIRECTORY, file), 'utf8')
        .split('\n')
        .map((line) =>
          /#region [\w -]+(\*\/\}|-->)?$/.test(line) ? 1 : /^\W*#endregion\b/.test(line) ? -1 : 0,
        )
        .reduce<number>((open, change) => (open < 0 ? open : open + change), 0)
      expect(depth, file).toBe(0)
    }
  })

  it('must end', () => {
    expect(() => cutRegions('// #region shop\nrest', 'shop')).toThrow('no end')
  })

  it('bears the name of something that can be removed, in every file of this project', () => {
    const features = listFeatures(PROJECT_DIRECTORY)
    for (const file of listFiles(PROJECT_DIRECTORY).filter((path) => /\.([jt]sx?|md)$/.test(path))) {
      if (file.startsWith('scripts/remove/')) continue
      const starts = readFileSync(join(PROJECT_DIRECTORY, file), 'utf8').matchAll(
        /(?:\/\/|\{\/\*|<!--) #(?:region|only) ([\w -]+?) *(?:\*\/\}|-->|$)/gm,
      )
      for (const [line, names = ''] of starts)
        expect(features, `${file}: ${line}`).toEqual(expect.arrayContaining(names.split(' ')))
    }
  })
})

describe('a declaration that is cut', () => {
  const cut = (source: string, ...names: string[]) =>
    cutDeclarations('file.tsx', source, new Set(names)).replace(/\n{2,}/g, '\n\n')

  it('takes its comments along, and what only it used', () => {
    const source = `import { z } from 'zod'

/** Kept. */
export const kept = z.string()

type Props = { of: string }

/** What it is. */
// And why.
export function View({ of }: Props) {
  return <b>{helper(of)}</b>
}

const helper = (of: string) => shared(of) + kept
function shared(of: string) { return of }
export const also = () => shared('')
`
    expect(cut(source, 'View')).toBe(`import { z } from 'zod'

/** Kept. */
export const kept = z.string()

function shared(of: string) { return of }
export const also = () => shared('')
`)
  })

  it('may be a type or a name that is handed on', () => {
    expect(cut("export type A = 1\nexport { B } from './b'\nexport interface C {}", 'A', 'B')).toBe(
      'export interface C {}',
    )
  })

  it('may be one of several names that are handed on together', () => {
    expect(cut("export type { A, B, C } from './b'\n", 'A', 'C')).toBe("export type { B } from './b'\n")
  })

  it('stays while another declared with it does', () => {
    expect(cut('export const a = 1, b = 2', 'a')).toBe('export const a = 1, b = 2')
  })
})
