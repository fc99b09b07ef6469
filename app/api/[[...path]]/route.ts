import { NotFoundError } from '@/lib/http/errors'
import { noInput, publicRoute } from '@/lib/http/routes'

/** Whatever there is no route for: a 404 in JSON, like every other answer here. */
const refuse = publicRoute(noInput, async () => {
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
