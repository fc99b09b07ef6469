import type { DodoPayments, SandboxProduct } from '../types.ts'
import { BRAND_ID, BUSINESS_ID } from './business.ts'
import { toCurrency } from './currency.ts'

const PRODUCTS_SINCE = '2026-01-01T00:00:00.000Z'

export function toProduct(product: SandboxProduct): DodoPayments.Product {
  return {
    product_id: product.dodoProductId,
    business_id: BUSINESS_ID,
    brand_id: BRAND_ID,
    name: product.name,
    description: product.description,
    price: { type: 'one_time_price', currency: toCurrency(product.currency), price: product.price },
    is_recurring: false,
    tax_category: 'saas',
    metadata: {},
    image: null,
    addons: null,
    license_key_enabled: false,
    credit_entitlements: [],
    entitlements: [],
    created_at: PRODUCTS_SINCE,
    updated_at: PRODUCTS_SINCE,
  }
}

export function toProductListItem(product: SandboxProduct): DodoPayments.ProductListResponse {
  const { product_id, business_id, name, description, price, is_recurring } = toProduct(product)
  return {
    product_id,
    business_id,
    name,
    description,
    currency: price.currency,
    price: product.price,
    price_detail: price,
    is_recurring,
    tax_category: 'saas',
    metadata: {},
    image: null,
    entitlements: [],
    created_at: PRODUCTS_SINCE,
    updated_at: PRODUCTS_SINCE,
  }
}
