import { z } from 'zod'
import { route } from '../../dodopayments/http.ts'
import { metadata, readFields } from '../form.ts'
import { nowSeconds } from '../plain.ts'
import { findProduct, listProducts } from '../products.ts'
import type { StripeSandbox } from '../sandbox.ts'
import { newProduct } from '../shapes/product.ts'
import { paging, readForm, reply, replyPage } from './reply.ts'

const flag = z.enum(['true', 'false']).transform((value) => value === 'true')
const input = z.strictObject({ name: z.string().min(1), description: z.string().optional(), metadata })
const change = z.strictObject({
  name: z.string().min(1).optional(),
  description: z.string().optional(),
  active: flag.optional(),
})

/** Products by name; what they cost comes with each checkout. */
export const productRoutes = (sandbox: StripeSandbox) => {
  const { store } = sandbox
  const keep = (product: ReturnType<typeof newProduct>) => {
    store.state.products[product.id] = product
    store.save()
    return reply(store.state, product)
  }
  return [
    route('GET', '/v1/products', ({ url }) => {
      const asked = readFields(url.searchParams, z.strictObject({ active: flag.optional(), ...paging }))
      const found = listProducts(sandbox).filter(
        ({ active }) => asked.active === undefined || active === asked.active,
      )
      return replyPage(store.state, url, found.reverse(), asked)
    }),
    route('POST', '/v1/products', async ({ request }) => {
      const { description = null, ...rest } = await readForm(request, input)
      return keep(newProduct({ ...rest, description }))
    }),
    route('GET', '/v1/products/:id', ({ params }) => reply(store.state, findProduct(sandbox, params.id))),
    route('POST', '/v1/products/:id', async ({ request, params }) => {
      const changed = await readForm(request, change)
      return keep({ ...findProduct(sandbox, params.id), ...changed, updated: nowSeconds() })
    }),
  ]
}
