import Link from 'next/link'
import type { ReactNode } from 'react'
import { FollowSession } from '@/components/auth/follow-session'
import { RunToasts } from '@/components/credits/run-toasts'
import { HeaderUser } from '@/components/dashboard/header-user'
import { Logo } from '@/components/layout/logo'
import { FormatProvider } from '@/components/reader/format-provider'
import { RememberTimeZone } from '@/components/reader/remember-time-zone'
import { readProfile } from '@/lib/account/read-profile'
import { readWallets } from '@/lib/account/read-wallets'
import { isAdmin } from '@/lib/auth/roles'
import type { CurrentUser } from '@/lib/auth/session'
import { CreditBalanceProvider, CreditTypesProvider } from '@/lib/credit-manager'
import { listCreditTypes } from '@/lib/credits/credit-types'
import { readReader } from '@/lib/reader/read-reader'
import { cn } from '@/lib/utils'
import { CommandMenu } from './command-menu'
import { MobileMenu } from './mobile-menu'
import { appArea, type NavArea, type ToolNavItem } from './nav-items'
import { NavLinks } from './nav-links'
import { NavigationProgress } from './navigation-progress'

type AppShellProps = {
  user: CurrentUser
  tools: readonly ToolNavItem[]
  /** Which pages the navigation leads to; those of the app by default. */
  area?: NavArea
  children: ReactNode
}

/** The frame of every signed-in page: navigation, the live balance, the account. */
export async function AppShell({ user, tools, area, children }: AppShellProps) {
  const [{ name }, types, wallets, admin, reader] = await Promise.all([
    readProfile(user.id),
    listCreditTypes(),
    readWallets(user.id),
    isAdmin(user),
    readReader(),
  ])
  const toolPages = tools.map(({ href, creditType }) => ({ href, creditType }))
  const app = appArea(tools, admin)
  const shown = area ?? app
  return (
    <FormatProvider reader={reader}>
      <RememberTimeZone shown={reader.timeZone} />
      <CreditTypesProvider types={types} pages={toolPages}>
        <CreditBalanceProvider userId={user.id} balances={wallets}>
          <FollowSession userId={user.id} />
          <NavigationProgress />
          <RunToasts userId={user.id} />
          <div data-user={user.id} className="min-h-dvh lg:grid lg:grid-cols-[15rem_minmax(0,1fr)]">
            <aside className="sticky top-0 hidden h-dvh flex-col gap-5 overflow-y-auto border-r bg-card px-3 pb-5 lg:flex">
              <Link href={shown.home} className="mt-4 ml-2 flex h-8 w-fit items-center rounded-md">
                <Logo />
              </Link>
              <NavLinks area={shown} />
            </aside>
            <div className="flex min-h-dvh min-w-0 flex-col">
              <header className="sticky top-0 z-40 flex h-16 items-center gap-2 border-b bg-background/90 px-4 backdrop-blur-sm sm:px-6">
                <MobileMenu area={shown} />
                <Link href={shown.home} className="rounded-md max-[26rem]:[&_span]:text-[0px] lg:hidden">
                  <Logo />
                </Link>
                <CommandMenu areas={area ? [area, app] : [app]} isAdmin={admin} />
                <HeaderUser user={{ ...user, name }} />
              </header>
              <main
                id="content"
                className={cn(
                  'mx-auto w-full flex-1 px-4 py-8 sm:px-6 lg:py-10',
                  shown.isWide ? 'max-w-[83rem]' : 'max-w-5xl has-[>[data-wide]]:max-w-[83rem]',
                )}
              >
                {children}
              </main>
            </div>
          </div>
        </CreditBalanceProvider>
      </CreditTypesProvider>
    </FormatProvider>
  )
}
