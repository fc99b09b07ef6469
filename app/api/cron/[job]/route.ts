import { handleRoute } from '@/lib/http'
import { requireScheduler, runJob } from '@/lib/jobs/run-job'

/** Runs a job for a scheduler. Both methods, as Vercel's sends GET and others POST. */
const run = handleRoute(async (request, { params }: RouteContext<'/api/cron/[job]'>) => {
  requireScheduler(request)
  return Response.json(await runJob((await params).job))
})

export { run as GET, run as POST }
