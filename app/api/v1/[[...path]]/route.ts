import { NotFoundError } from '@/lib/http/errors'
import { noInput, publicKeyRoute } from '@/lib/http/routes'

/** Whatever `/api/v1` has no route for. */
const refuse = publicKeyRoute(noInput, async () => {
  throw new NotFoundError('There is no such route.', 'route_not_found')
})

export {
  refuse as DELETE,
  refuse as GET,
  refuse as HEAD,
  refuse as OPTIONS,
  refuse as PATCH,
  refuse as POST,
  refuse as PUT,
}
