import { refuseMethods } from '@/lib/http/refuse-methods'
import { trpcRoute } from '@/lib/trpc/serve'

/** The procedures of `lib/procedures`, as typed calls: queries by GET, mutations by POST. */
const serve = trpcRoute()

export { serve as GET, serve as POST }

export const { DELETE, OPTIONS, PATCH, PUT } = refuseMethods('GET', 'POST')
