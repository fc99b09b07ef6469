import type { DodoPayments, ProductRecord, SandboxProduct } from '../types.ts'
import { BRAND_ID, BUSINESS_ID } from './business.ts'
import { toCurrency } from './currency.ts'

const PRODUCTS_SINCE = '2026-01-01T00:00:00.000Z'
const SUBSCRIPTION_YEARS = 10

/** A product of the options as the API shows it. */
export function toProduct(product: SandboxProduct): DodoPayments.Product {
  return newProduct({
    id: product.productId,
    name: product.name,
    description: product.description,
    price: toPrice(product),
    taxCategory: 'saas',
    metadata: product.metadata ?? {},
    createdAt: PRODUCTS_SINCE,
  })
}

function toPrice({ price, currency, interval }: SandboxProduct): DodoPayments.Price {
  if (!interval) return { type: 'one_time_price', currency: toCurrency(currency), price }
  return {
    type: 'recurring_price',
    currency: toCurrency(currency),
    price,
    payment_frequency_count: 1,
    payment_frequency_interval: interval === 'month' ? 'Month' : 'Year',
    subscription_period_count: SUBSCRIPTION_YEARS,
    subscription_period_interval: 'Year',
    trial_period_days: 0,
  }
}

type NewProduct = {
  id: string
  name: string
  description: string | null
  price: DodoPayments.Price
  taxCategory: DodoPayments.TaxCategory
  metadata: DodoPayments.Metadata
  createdAt: string
}

export function newProduct(input: NewProduct): DodoPayments.Product {
  return {
    product_id: input.id,
    business_id: BUSINESS_ID,
    brand_id: BRAND_ID,
    name: input.name,
    description: input.description,
    price: input.price,
    is_recurring: input.price.type !== 'one_time_price',
    tax_category: input.taxCategory,
    metadata: input.metadata,
    image: null,
    addons: null,
    license_key_enabled: false,
    credit_entitlements: [],
    entitlements: [],
    created_at: input.createdAt,
    updated_at: input.createdAt,
  }
}

export function toProductListItem({ product }: ProductRecord): DodoPayments.ProductListResponse {
  const { price } = product
  return {
    product_id: product.product_id,
    business_id: product.business_id,
    name: product.name,
    description: product.description,
    currency: price.currency,
    price: price.type === 'usage_based_price' ? price.fixed_price : price.price,
    price_detail: price,
    is_recurring: product.is_recurring,
    tax_category: product.tax_category,
    tax_inclusive: price.tax_inclusive ?? null,
    metadata: product.metadata,
    image: null,
    entitlements: [],
    created_at: product.created_at,
    updated_at: product.updated_at,
  }
}
