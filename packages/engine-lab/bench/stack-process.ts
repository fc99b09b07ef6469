// The embedded stack in a process of its own, so that its clients take none of its time: <directory>.
import { ANY_PORT } from '../../../e2e/support/start-everything.ts'
import { startProjectStack } from '../../../scripts/stack.ts'
import { testProject } from '../../../supabase/tests/test-project.ts'

const [directory = ''] = process.argv.slice(2)
const { env, stop } = await startProjectStack({
  project: testProject,
  directory,
  ports: ANY_PORT,
  appUrl: 'http://localhost:3000',
  quiet: true,
})
process.once('message', async () => {
  await stop()
  process.exit()
})
process.send?.(env)
