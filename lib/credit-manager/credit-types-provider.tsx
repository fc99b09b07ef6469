'use client'

import { usePathname, useSearchParams } from 'next/navigation'
import { createContext, type ReactNode, useContext } from 'react'
import { type CreditType, findCreditType, mainCreditType } from '@/lib/credit-type'

type Known = {
  types: readonly CreditType[]
  /** Pages that are about one wallet, as those of tools are, by their address. */
  pages: readonly { href: string; creditType: string }[]
}

const CreditTypesContext = createContext<Known>({ types: [], pages: [] })

/** Tells everything below what kinds of credits there are, and which pages are about which. */
export function CreditTypesProvider({ children, types, pages }: Known & { children: ReactNode }) {
  return <CreditTypesContext value={{ types, pages }}>{children}</CreditTypesContext>
}

/** The kinds of credits of this product, in their order. */
export function useCreditTypes(): readonly CreditType[] {
  return useContext(CreditTypesContext).types
}

/** A kind of credits by its id, with its name, unit and color. */
export function useCreditType(id: string): CreditType {
  return findCreditType(useCreditTypes(), id)
}

/** The wallet that matters on this page: that of its tool, the one its address names, or the main one. */
export function usePageWallet(): CreditType {
  const { types, pages } = useContext(CreditTypesContext)
  const pathname = usePathname()
  const named = useSearchParams().get('wallet')
  const page = pages.find(({ href }) => pathname === href || pathname.startsWith(`${href}/`))
  // There it names a wallet of somebody else, whose balance the header shows in a view of the account alone.
  const isOfAnother = pathname.startsWith('/admin/') && !/^\/admin\/users\/[^/]+\/view\//.test(pathname)
  const id = page?.creditType ?? (isOfAnother ? null : named)
  return types.find((type) => type.id === id) ?? mainCreditType(types)
}
