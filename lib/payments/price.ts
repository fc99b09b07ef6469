import { z } from 'zod'
import type { ProductPrice } from './provider'

const interval = z.enum(['month', 'year']).nullable()

type Row = { price: number; currency: string; billing_interval: string | null }

/** The price of a row of `credit_packages`. */
export function toPrice({ price, currency, billing_interval }: Row): ProductPrice {
  return { amount: price, currency, interval: interval.parse(billing_interval) }
}
