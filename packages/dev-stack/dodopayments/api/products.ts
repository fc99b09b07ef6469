import { z } from 'zod'
import { findProduct, keepProduct, listProducts } from '../catalog.ts'
import { assertQuery, page, readBody, route } from '../http.ts'
import { newId } from '../ids.ts'
import type { Sandbox } from '../sandbox.ts'
import { newProduct, toProductListItem } from '../shapes/product.ts'
import type { DodoPayments } from '../types.ts'
import { metadataInput } from './inputs.ts'

const currencyInput = z.custom<DodoPayments.Currency>(
  (value) => typeof value === 'string' && /^[A-Z]{3}$/.test(value),
  'Enter a three-letter currency.',
)
const intervalInput = z.enum(['Day', 'Week', 'Month', 'Year'])
const priceBase = z.strictObject({
  currency: currencyInput,
  price: z.int().min(0),
  discount: z.literal(0, 'The sandbox knows no discounts.').optional(),
  purchasing_power_parity: z.literal(false, 'The sandbox knows one price for everybody.').optional(),
  tax_inclusive: z.boolean().nullish(),
})
const priceInput = z.discriminatedUnion('type', [
  priceBase.extend({ type: z.literal('one_time_price') }),
  priceBase.extend({
    type: z.literal('recurring_price'),
    payment_frequency_count: z.int().min(1),
    payment_frequency_interval: intervalInput,
    subscription_period_count: z.int().min(1),
    subscription_period_interval: intervalInput,
    trial_period_days: z.int().min(0).max(10_000).optional(),
  }),
])
const productInput = z.strictObject({
  name: z.string().min(1),
  price: priceInput,
  tax_category: z.enum(['digital_products', 'saas', 'e_book', 'edtech', 'live_tutoring']),
  description: z.string().nullish(),
  metadata: metadataInput.nullish(),
})

/** `GET /products`, `POST /products`, and for one of them `GET`, `PATCH`, `DELETE` (archives it), `…/unarchive`. */
export const productRoutes = (sandbox: Sandbox) => [
  route('GET', '/products', ({ url }) => {
    assertQuery(url, ['archived', 'recurring'])
    const archived = url.searchParams.get('archived') === 'true'
    const recurring = url.searchParams.get('recurring')
    const products = listProducts(sandbox)
      .filter((record) => record.archived === archived)
      .filter(({ product }) => recurring === null || String(product.is_recurring) === recurring)
    return page(products.map(toProductListItem), url)
  }),
  route('POST', '/products', async ({ request }) => {
    const input = await readBody(request, productInput)
    const product = newProduct({
      id: newId('pdt'),
      name: input.name,
      description: input.description ?? null,
      price: input.price,
      taxCategory: input.tax_category,
      metadata: input.metadata ?? {},
      createdAt: new Date().toISOString(),
    })
    keepProduct(sandbox, { product, archived: false })
    return Response.json(product)
  }),
  route('GET', '/products/:id', ({ params }) => Response.json(findProduct(sandbox, params.id ?? '').product)),
  route('PATCH', '/products/:id', async ({ request, params }) => {
    const record = findProduct(sandbox, params.id ?? '')
    const { name, price, tax_category, description, metadata } = await readBody(
      request,
      productInput.partial().extend({ name: productInput.shape.name.nullish(), price: priceInput.nullish() }),
    )
    const product = {
      ...record.product,
      ...(name && { name }),
      ...(price && { price, is_recurring: price.type === 'recurring_price' }),
      ...(tax_category && { tax_category }),
      ...(description !== undefined && { description }),
      ...(metadata && { metadata }),
      updated_at: new Date().toISOString(),
    }
    keepProduct(sandbox, { ...record, product })
    return new Response(null, { status: 200 })
  }),
  route('DELETE', '/products/:id', ({ params }) => {
    keepProduct(sandbox, { ...findProduct(sandbox, params.id ?? ''), archived: true })
    return new Response(null, { status: 200 })
  }),
  route('POST', '/products/:id/unarchive', ({ params }) => {
    keepProduct(sandbox, { ...findProduct(sandbox, params.id ?? ''), archived: false })
    return new Response(null, { status: 200 })
  }),
]
