import { refuseMethods } from '@/lib/http/refuse-methods'
import { serveTrpc } from '@/lib/trpc/serve'

/** The procedures of `lib/procedures`, as typed calls: queries by GET, mutations by POST. */
export { serveTrpc as GET, serveTrpc as POST }

export const { DELETE, OPTIONS, PATCH, PUT } = refuseMethods('GET', 'POST')
