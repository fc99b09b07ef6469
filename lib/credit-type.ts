import { capitalize } from './text.ts'

/** The credit type of every product; others are rows of `credit_types`. */
export const GENERAL = 'general'

/** The colors that can mark a wallet, as `credit_types.color` allows them. */
export const CREDIT_COLORS = ['brand', 'blue', 'violet', 'pink', 'orange', 'teal'] as const

export type CreditColor = (typeof CREDIT_COLORS)[number]

/** What one credit of a type is called, and several: `image credit`, `image credits`. */
export type CreditUnit = { unit: string; unitPlural: string }

/** A kind of credits as pages show it. */
export type CreditType = CreditUnit & { id: string; name: string; color: CreditColor }

/** The columns of `credit_types` that say how pages show a type. */
export const CREDIT_TYPE_COLUMNS = 'id, name, unit, unit_plural, color'

type CreditTypeRow = {
  id: string
  name: string
  unit: string | null
  unit_plural: string | null
  color: string
}

/** A row of `credit_types`. A color that this server does not know yet is the brand's. */
export function toCreditType({ id, name, unit, unit_plural, color }: CreditTypeRow): CreditType {
  const usual = nameUnit(id)
  return {
    ...{ id, name, unit: unit ?? usual.unit, unitPlural: unit_plural ?? usual.unitPlural },
    color: CREDIT_COLORS.find((known) => known === color) ?? 'brand',
  }
}

/** What a wallet is called that nobody has named. */
export function nameUnit(id: string): CreditUnit {
  const unit = id === GENERAL ? 'credit' : `${id.replaceAll('_', ' ')} credit`
  return { unit, unitPlural: `${unit}s` }
}

/** The type with this id; one that was added since the list was read goes by its id. */
export function findCreditType(types: readonly CreditType[], id: string): CreditType {
  const known = types.find((type) => type.id === id)
  if (known) return known
  const unit = nameUnit(id)
  return { ...unit, id, name: capitalize(unit.unitPlural), color: 'brand' }
}

/** The type that pages show when nothing else decides: the first of the list. */
export function mainCreditType(types: readonly CreditType[]): CreditType {
  return types[0] ?? findCreditType(types, GENERAL)
}

/**
 * The credit types that a product surely has, for TypeScript: one that sells more of them declares them here, or adds them
 * from elsewhere, as only an interface allows.
 */
export interface CreditTypes {
  general: true
}
