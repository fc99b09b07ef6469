import { execFileSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { copyProject } from '../lint/copy-project.ts'

/** All there is to write for a tool that is sold at every door. */
const FILES = {
  'tool.ts': `import { z } from 'zod'
import { defineTool } from '@/lib/tool-runner/define-tool'

export const prices = () => ({ run: 4 })

export const shout = defineTool({
  id: 'shout',
  name: 'Shout a text',
  input: z.strictObject({ text: z.string().min(1).max(500) }),
  cost: () => prices().run,
  run: ({ input }) => ({ text: input.text.toUpperCase() }),
})
`,
  'index.tsx': `import { MegaphoneIcon } from 'lucide-react'
import { registerTool } from '../register-tool'
import { Form } from './form'
import { prices, shout } from './tool'

const summary = 'Make a text loud.'
export const entry = registerTool(shout, { icon: MegaphoneIcon, summary, description: summary, prices, form: Form })
`,
  'form.tsx': `'use client'
import { ToolForm } from '@/components/credits/tool-form'
import { useCreditTool } from '@/components/credits/use-credit-tool'

export function Form({ userId }: { userId: string }) {
  const { run, result } = useCreditTool<{ text: string }>(userId, '/api/tools/shout')
  return <ToolForm onRun={() => void run({ text: 'Quiet please' })} result={result?.text}><button type="submit">Shout</button></ToolForm>
}
`,
}

test('a folder of thirty lines is, without another edit, a page, a route, an operation, a tool for agents and an entry of the list', () => {
  const lines = Object.values(FILES).flatMap((text) => text.split('\n').filter(Boolean))
  expect(lines.length).toBeLessThanOrEqual(30)

  using copy = copyProject({ withModules: true })
  const folder = join(copy.root, 'tools/shout')
  mkdirSync(folder)
  for (const [name, text] of Object.entries(FILES)) writeFileSync(join(folder, name), text)

  const tool = JSON.stringify({ id: 'shout', input: { text: 'Quiet please' } })
  const run = (program: string, ...args: string[]) =>
    execFileSync(join(copy.root, 'node_modules/.bin', program), args, {
      cwd: copy.root,
      stdio: 'pipe',
      encoding: 'utf8',
      env: { ...process.env, NO_COLOR: '1', DOORS_TOOL: tool },
    })
  run('next', 'typegen')
  run('tsc', '-p', 'tsconfig.check.json')
  expect(run('vitest', 'run', '--project', 'database', 'supabase/tests/doors.test.ts')).toMatch(
    /Tests +\d+ passed/,
  )
})
