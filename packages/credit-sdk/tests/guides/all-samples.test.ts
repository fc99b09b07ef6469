import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'

const PACKAGE = join(import.meta.dirname, '../..')
/** How many code samples each guide has. */
const SAMPLES = { '000': 19, '001': 33, '002': 4 }

const sections = readFileSync(join(PACKAGE, 'docs/field-guides.md'), 'utf8').split(/^## Guide /m)

describe.each(Object.entries(SAMPLES))('the samples of guide %s', (guide, count) => {
  const text = sections.find((section) => section.startsWith(guide)) ?? ''
  const rows = [...text.matchAll(/^\| (\d+)(?:–(\d+))? · [^|]+ \| ([^|]+) \|/gm)]

  test('are all on the page, in their order', () => {
    const numbers = rows.flatMap(([, first, last = first]) => {
      const length = Number(last) - Number(first) + 1
      return Array.from({ length }, (_, index) => Number(first) + index)
    })
    expect(numbers).toEqual(Array.from({ length: count }, (_, index) => index + 1))
  })

  test('are in files that are there', () => {
    const files = rows.flatMap(([, , , where = '']) =>
      [...where.matchAll(/`([^`]+)`/g)].map(([, file = '']) => file),
    )
    expect(files.filter((file) => !existsSync(join(PACKAGE, file)))).toEqual([])
  })
})
