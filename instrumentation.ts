import type { Instrumentation } from 'next'
import { isBuilding } from '@/lib/env/is-building'

/** Runs once, before the first request: a server that could not work says why and does not start. */
export async function register() {
  if (process.env.NEXT_RUNTIME !== 'nodejs' || isBuilding) return
  const { checkEnvironment } = await import('@/lib/env/check-environment')
  checkEnvironment()
  const { keepSocketAddresses } = await import('@/lib/http/socket-address')
  keepSocketAddresses()
  const { env } = await import('@/lib/env')
  if (env().RUN_WORKER !== 'app') return
  const { startAppWorker } = await import('@/lib/tool-runner/background/app-worker')
  const { findWork } = await import('@/tools/registry')
  startAppWorker(findWork)
}

export const onRequestError: Instrumentation.onRequestError = async (error, request, context) => {
  if (process.env.NEXT_RUNTIME !== 'nodejs') return
  // Imported here: this file is also compiled for the Edge runtime, which has no standard error to write to.
  const { logger } = await import('@/lib/logger')
  logger.error('A request failed', {
    error,
    method: request.method,
    // Without the query: confirmation links carry their token there.
    path: request.path.split('?')[0],
    route: context.routePath,
    kind: context.routeType,
  })
}
