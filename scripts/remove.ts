import { execFileSync } from 'node:child_process'
import { PROJECT_DIRECTORY } from './paths.ts'
import { removeFeature } from './remove/remove-feature.ts'
import { run } from './test/run.ts'

/** `npm run remove payments | api | mcp | admin | engine-lab | <tool>`: takes a feature off whole. */
const [name = ''] = process.argv.slice(2)
const git = (...args: string[]) => execFileSync('git', args, { cwd: PROJECT_DIRECTORY, encoding: 'utf8' })
try {
  if (git('status', '--porcelain'))
    throw new Error('Commit your changes first: what goes can then be looked at, and taken back.')
  removeFeature(PROJECT_DIRECTORY, name)
  await run('biome', ['check', '--write', '--log-level=error', '.'])
  console.log(`Removed ${name}:${git('diff', '--shortstat')}`)
  console.log('The database keeps its tables. Next: npm install, npm test, then commit.')
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exit(1)
}
