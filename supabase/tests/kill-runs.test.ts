import { afterAll, beforeAll, expect, test } from 'vitest'
import { openApp } from './app.ts'
import type { Engine } from './engine.ts'
import { killRuns } from './kills/kill-runs.ts'

let app: Engine
beforeAll(async () => {
  app = await openApp()
})
afterAll(() => app.close())

test('each run ends once, paid or given back, however often its processes are killed', async () => {
  const { ends, killsWithRuns, problems } = await killRuns(app, { seed: 5, runs: 10, kills: 10 })
  expect(problems).toEqual([])
  expect(ends.succeeded).toBeGreaterThan(0)
  expect(killsWithRuns).toBeGreaterThan(2)
}, 300_000)
