import { findProduct } from '../checkout.ts'
import { page, route } from '../http.ts'
import type { Sandbox } from '../sandbox.ts'
import { toProduct, toProductListItem } from '../shapes/product.ts'

/** `GET /products`, `GET /products/{id}`. */
export const productRoutes = (sandbox: Sandbox) => [
  route('GET', '/products', ({ url }) => page(sandbox.options.products.map(toProductListItem), url)),
  route('GET', '/products/:id', ({ params }) =>
    Response.json(toProduct(findProduct(sandbox, params.id ?? ''))),
  ),
]
