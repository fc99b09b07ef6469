import { expect, test } from 'vitest'
import { runCommand } from './run-command.ts'

const run = (script: string) => runCommand(process.execPath, ['-e', script])

test('all that a program printed is there when it has ended, also when this process is busy', async () => {
  const busy = setInterval(() => {
    const until = Date.now() + 30
    while (Date.now() < until);
  }, 1)
  const results = await Promise.all(Array.from({ length: 20 }, () => run('console.log(5)')))
  clearInterval(busy)
  expect(results.filter(({ code, output }) => code !== 0 || output !== '5')).toEqual([])
})

test('a program that leaves another behind, which holds the pipes, is not waited for', async () => {
  const behind = `setTimeout(() => {}, 20_000)`
  const script = `const { spawn } = require('node:child_process')
    const child = spawn(process.execPath, ['-e', ${JSON.stringify(behind)}], { stdio: 'inherit', detached: true })
    child.unref()
    console.log(child.pid)`
  const { code, output } = await run(script)
  process.kill(Number(output))
  expect(code).toBe(0)
})

test('a program there is not ends with -1', async () => {
  expect(await runCommand('there-is-no-such-program', [])).toMatchObject({ code: -1 })
})
