import type { ReactNode } from 'react'
import { FollowSession } from '@/components/auth/follow-session'
import { RunToasts } from '@/components/credits/run-toasts'
import { HeaderUser } from '@/components/dashboard/header-user'
import { readProfile } from '@/lib/account/read-profile'
import { readWallets } from '@/lib/account/read-wallets'
import { isAdmin } from '@/lib/auth/roles'
import type { CurrentUser } from '@/lib/auth/session'
import { listCreditTypes } from '@/lib/credits/credit-types'
import { readReader } from '@/lib/reader/read-reader'
import { AccountProviders } from './account-providers'
import { CommandMenu } from './command-menu'
import { KeepFocus } from './keep-focus'
import { appArea, type NavArea, type ToolNavItem } from './nav-items'
import { ShellFrame } from './shell-frame'

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
    <AccountProviders reader={reader} types={types} pages={toolPages} userId={user.id} balances={wallets}>
      <FollowSession userId={user.id} />
      <KeepFocus />
      <RunToasts userId={user.id} />
      <ShellFrame
        userId={user.id}
        area={shown}
        header={
          <>
            <CommandMenu areas={area ? [area, app] : [app]} isAdmin={admin} />
            <HeaderUser user={{ ...user, name }} />
          </>
        }
      >
        {children}
      </ShellFrame>
    </AccountProviders>
  )
}
