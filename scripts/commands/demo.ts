import { formatDemo } from '../demo/format-demo.ts'
import { makeDemo } from '../demo/make-demo.ts'
import { refuseNamedProject } from '../demo/refuse-other-databases.ts'
import { DEMO_DIRECTORY, PROJECT_DIRECTORY } from '../paths.ts'
import { readUserEnv } from '../user-env.ts'
import { runNext } from './next.ts'
import { refuseWhileRunning } from './with-stack.ts'

/**
 * `npm run demo`: the app with sixty days of a small business, on a stack of its own, made anew each time. Runs as
 * `npm run dev` does, or the production build after `npm run demo start`; further arguments go to Next.js.
 * @throws with a sentence where a Supabase project is named, and while another demo runs
 */
export async function runDemo(args: string[]): Promise<void> {
  refuseNamedProject(readUserEnv(PROJECT_DIRECTORY, 'development'))
  await refuseWhileRunning(DEMO_DIRECTORY)
  console.log('Telling sixty days of a small business. This takes half a minute …')
  console.log(formatDemo(await makeDemo(DEMO_DIRECTORY)))
  const [mode, ...rest] = args
  if (mode === 'start') await runNext('start', rest, DEMO_DIRECTORY)
  else await runNext('dev', args, DEMO_DIRECTORY)
}
