import type { ComponentProps, ReactNode } from 'react'
import { FormatProvider } from '@/components/reader/format-provider'
import { RememberTimeZone } from '@/components/reader/remember-time-zone'
import { Toaster } from '@/components/ui/sonner'
import { CreditBalanceProvider, CreditTypesProvider } from '@/lib/credit-manager'
import { NavigationProgress } from './navigation-progress'
import { PublicEnv } from './public-env'

type AccountProvidersProps = Pick<ComponentProps<typeof FormatProvider>, 'reader'> &
  Pick<ComponentProps<typeof CreditTypesProvider>, 'types' | 'pages'> &
  Pick<ComponentProps<typeof CreditBalanceProvider>, 'userId' | 'balances'> & { children: ReactNode }

/** What every page about an account stands in: how its reader reads, its wallets as they change, and its toasts. */
export function AccountProviders({
  reader,
  types,
  pages,
  userId,
  balances,
  children,
}: AccountProvidersProps) {
  return (
    <FormatProvider reader={reader}>
      <PublicEnv />
      <RememberTimeZone shown={reader.timeZone} />
      <CreditTypesProvider types={types} pages={pages}>
        <CreditBalanceProvider userId={userId} balances={balances}>
          <NavigationProgress />
          {children}
        </CreditBalanceProvider>
      </CreditTypesProvider>
      <Toaster />
    </FormatProvider>
  )
}
