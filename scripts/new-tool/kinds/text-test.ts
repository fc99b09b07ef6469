import type { ToolName } from '../templates.ts'

/** The test of a tool that takes a text and answers it in capitals, when or wherever it runs. */
export const textTest = ({ tool }: ToolName) => `import { expect, test } from 'vitest'
import { runAlone } from '@/lib/tool-runner/testing'
import { ${tool} } from './tool'

test('it answers', async () => {
  expect(await runAlone(${tool}, { text: 'Quiet please' })).toEqual({ text: 'QUIET PLEASE' })
})

test.each([
  ['nothing', {}],
  ['blanks', { text: '  ' }],
  ['too much', { text: 'x'.repeat(2_001) }],
  ['a price of the sender', { text: 'x', cost: 0 }],
])('%s is refused before anything is charged', (_, input) => {
  expect(${tool}.input.safeParse(input).success).toBe(false)
})
`
