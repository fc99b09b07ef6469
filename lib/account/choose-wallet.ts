import { z } from 'zod'
import { type CreditType, mainCreditType } from '@/lib/credit-type'

const query = z.object({ wallet: z.string().catch('') })

/** The wallet that the query of a page names with `wallet`; what is none counts as the main one. */
export function chooseWallet(
  params: Record<string, string | string[] | undefined>,
  types: readonly CreditType[],
): CreditType {
  const { wallet } = query.parse(params)
  return types.find(({ id }) => id === wallet) ?? mainCreditType(types)
}

/** What names a wallet in the query of a page: nothing for the main one. */
export function walletQuery({ id }: CreditType, types: readonly CreditType[]): { wallet?: string } {
  return id === mainCreditType(types).id ? {} : { wallet: id }
}
