import 'server-only'
import { fetchRequestHandler } from '@trpc/server/adapters/fetch'
import { handleRoute } from '@/lib/http/error-response'
import { readText } from '@/lib/http/read-body'
import { retryAfter } from './errors'
import { appRouter } from './router'

const MAX_BYTES = 16_384
/** As many as a page asks at once; each is checked and counted as if it came alone. */
const MAX_BATCH = 10

/** Serves the procedures as tRPC. Each checks its caller itself; here the body is bounded, and the batch. */
export function trpcRoute() {
  return handleRoute(async (request) =>
    fetchRequestHandler({
      endpoint: '/api/trpc',
      req: await withBoundedBody(request),
      router: appRouter,
      createContext: () => ({ request }),
      maxBatchSize: MAX_BATCH,
      responseMeta: ({ errors }) => retryAfter(errors),
    }),
  )
}

async function withBoundedBody(request: Request): Promise<Request> {
  const { method, headers, url, signal } = request
  if (method !== 'POST') return request
  return new Request(url, { method, headers, signal, body: await readText(request, MAX_BYTES) })
}
