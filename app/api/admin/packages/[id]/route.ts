import { procedureRoute } from '@/lib/http/procedures'
import { refuseMethods } from '@/lib/http/refuse-methods'
import { credits } from '@/lib/procedures/credits'

/** Admins change a package; its product follows: `{ version?, … }` → `{ id, version, replayed }`. */
export const PATCH = procedureRoute(credits.updatePackage)

export const { DELETE, GET, HEAD, OPTIONS, POST, PUT } = refuseMethods('PATCH')
