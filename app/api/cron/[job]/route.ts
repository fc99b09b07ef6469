import { refuseMethods } from '@/lib/http/refuse-methods'
import { cronRoute } from '@/lib/http/routes'
import { runJob } from '@/lib/jobs/run-job'
import '@/tools/registry'

/** Runs a job for a scheduler. Both methods, as Vercel's sends GET and others POST. */
const run = cronRoute(async (_, { params }: RouteContext<'/api/cron/[job]'>) => {
  return Response.json(await runJob((await params).job))
})

export { run as GET, run as POST }

export const { DELETE, OPTIONS, PATCH, PUT } = refuseMethods('GET', 'POST')
