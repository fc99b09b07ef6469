import 'server-only'
import { brand } from '@/lib/brand'
import { EnvironmentError, env } from '@/lib/env'

/** Ends the process with a list of what is missing or wrong in its environment. */
export function checkEnvironment(): void {
  try {
    env()
  } catch (error) {
    if (!(error instanceof EnvironmentError)) throw error
    const list = error.problems.map((problem) => `  - ${problem}`).join('\n')
    process.stderr.write(
      `\n${brand.name} cannot start. Its environment needs attention (see .env.example):\n${list}\n\n`,
    )
    process.exit(1)
  }
}
