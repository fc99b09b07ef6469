import { askKind } from './new-tool/ask-kind.ts'
import { createTool } from './new-tool/create-tool.ts'
import { PROJECT_DIRECTORY } from './paths.ts'
import { run } from './test/run.ts'

/** `npm run new:tool <name> [kind]`: a tool that works, with its page, form and test, ready to be made yours. */
const [name, kind] = process.argv.slice(2)
if (!name) {
  console.error('Name the tool, as in: npm run new:tool word-count')
  process.exit(2)
}
try {
  const paths = await createTool(PROJECT_DIRECTORY, name, kind ?? (await askKind()))
  await run('biome', ['check', '--write', '--log-level=error', ...paths])
  console.log(`Made the tool ${name}:\n${paths.map((path) => `  ${path}`).join('\n')}`)
  console.log(`
Next:
  1. Say in tools/${name}/tool.ts what it takes (input), costs (prices, cost) and does (run), and in its index.ts what
     people read of it.
  2. Look at it: npm run dev, then /tools/${name}
  3. npm test
`)
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exit(1)
}
