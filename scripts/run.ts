import { enableCompileCache } from 'node:module'
import { join } from 'node:path'
import { DATABASE_TYPES_FILE, PROJECT_DIRECTORY } from './paths.ts'

enableCompileCache(join(PROJECT_DIRECTORY, 'node_modules/.cache/node'))

const commands: Record<string, (args: string[]) => Promise<void>> = {
  dev: async (args) => (await import('./commands/next.ts')).runNext('dev', args),
  start: async (args) => (await import('./commands/next.ts')).runNext('start', args),
  worker: async () => (await import('./commands/next.ts')).runWorker(),
  demo: async (args) => (await import('./commands/demo.ts')).runDemo(args),
  stack: async () => (await import('./commands/stack.ts')).runStack(),
  reset: async () => (await import('./commands/reset.ts')).reset(),
  migration: async ([name = '']) => (await import('./commands/migration.ts')).writeNextMigration(name),
  baseline: async () => (await import('./commands/migration.ts')).writeBaselineAnew(),
  release: async () => (await import('./commands/migration.ts')).keepReleasedMigrations(),
  types: async () => (await import('./commands/types.ts')).writeTypes(DATABASE_TYPES_FILE),
}

const [command = '', ...args] = process.argv.slice(2)
const run = commands[command]
if (!run) {
  console.error(`Usage: node scripts/run.ts ${Object.keys(commands).join(' | ')}`)
  process.exit(2)
}
try {
  await run(args)
  process.exit()
} catch (error) {
  // Sentences are for people; a trace helps only where nobody foresaw the error.
  console.error(error instanceof Error ? `\n${process.env.DEBUG ? error.stack : error.message}\n` : error)
  process.exit(1)
}
