import { existsSync, globSync, readFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { expect, it } from 'vitest'

/** Pages that never show anything of their own, only that there is nothing. */
const ONLY_NOT_FOUND = /\{\n {2}notFound\(\)\n\}\n$/

const cwd = import.meta.dirname
const signedIn = globSync('{(protected),(admin)}/**/page.tsx', { cwd })
const pages = signedIn.filter((page) => !ONLY_NOT_FOUND.test(readFileSync(`${cwd}/${page}`, 'utf8')))
const skeletons = globSync('**/loading.tsx', { cwd })

it('finds the pages', () => {
  expect(pages).toEqual(
    expect.arrayContaining(['(protected)/dashboard/page.tsx', '(protected)/runs/[id]/page.tsx']),
  )
})

it.each(pages)('%s has a skeleton of its own shape beside it', (page) => {
  expect(existsSync(`${cwd}/${dirname(page)}/loading.tsx`)).toBe(true)
})

// It would be shown for them as well, and what they do not find would be a 200: put the two files into a `(list)` group.
it.each(skeletons)('%s stands above no page but its own', (skeleton) => {
  expect(globSync('**/page.tsx', { cwd: `${cwd}/${dirname(skeleton)}` })).toEqual(['page.tsx'])
})

it.each(skeletons)('%s shows the words of the heading that are known', (skeleton) => {
  const files = globSync('*.tsx', { cwd: `${cwd}/${dirname(skeleton)}` })
  const sources = files.map((file) => readFileSync(`${cwd}/${dirname(skeleton)}/${file}`, 'utf8'))
  // Those stand in `heading.ts`, for the page and its skeleton.
  expect(sources.filter((source) => /<PageHeader\s+title="/.test(source))).toEqual([])
})

// The skeleton goes out as a 200, so whether there is such a thing is asked before it.
it.each(pages.filter((page) => page.includes('[')))('%s is looked for in a layout', (page) => {
  expect(readFileSync(`${cwd}/${dirname(page)}/layout.tsx`, 'utf8')).toMatch(/notFound\(\)|await find\w+\(/)
})
