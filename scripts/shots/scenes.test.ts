import { expect, test } from 'vitest'
import { SCENES } from './scenes.ts'

test('no scene writes over the picture of another', () => {
  const names = SCENES.map(({ name }) => name)
  expect(new Set(names).size).toBe(names.length)
  for (const name of names) expect(name).toMatch(/^[a-z0-9-]+$/)
})
