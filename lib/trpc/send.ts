import { createTRPCUntypedClient, httpLink, TRPCClientError } from '@trpc/client'
import { z } from 'zod'
import { ApiCallError } from '@/lib/http/api-client'

const client = createTRPCUntypedClient({ links: [httpLink({ url: '/api/trpc' })] })

const refusal = z.looseObject({ code: z.string(), httpStatus: z.int(), path: z.string().optional() })

/** Calls a procedure by tRPC. @throws ApiCallError, as every other call of an API of ours */
export async function send(kind: 'query' | 'mutation', path: string, input: unknown): Promise<unknown> {
  try {
    return await client[kind](path, input)
  } catch (error) {
    throw toApiCallError(error)
  }
}

function toApiCallError(error: unknown): unknown {
  if (!(error instanceof TRPCClientError)) return error
  const refused = refusal.safeParse(error.data)
  if (refused.success) {
    const { code, httpStatus, path: _, ...details } = refused.data
    return new ApiCallError(code, httpStatus, error.message, details)
  }
  const message = 'The server could not be reached. Check your connection and try again.'
  return Object.assign(new ApiCallError('network_error', 0, message), { cause: error })
}
