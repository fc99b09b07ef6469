/** Costs of tools are kept in millionths of a US dollar: a token costs far less than a cent. */
export const MICROS_PER_DOLLAR = 1_000_000

/**
 * Currencies whose minor unit is not a hundredth, by its decimals. Source: ISO 4217 List One, as amended to 2024-06-25
 * (https://www.six-group.com/en/products-services/financial-information/data-standards.html). Not from `Intl`, whose
 * decimals are those of cash in everyday use (none for HUF or IDR) and differ between versions of Node and browsers.
 */
const DECIMALS = [
  [0, 'BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF'],
  [3, 'BHD IQD JOD KWD LYD OMR TND'],
  [4, 'CLF UYW'],
] as const

const exceptions = new Map(
  DECIMALS.flatMap(([decimals, codes]) => codes.split(' ').map((code) => [code, decimals] as const)),
)

/**
 * How many decimals a currency's minor unit has: 2 for USD and HUF, 0 for JPY, 3 for KWD.
 *
 * @param currency ISO 4217 code in upper case.
 */
export function decimalsOf(currency: string): number {
  return exceptions.get(currency) ?? 2
}
