import type { ReactNode } from 'react'
import { FollowSession } from '@/components/auth/follow-session'
import { AccountProviders } from '@/components/layout/account-providers'
import { HeaderBalance } from '@/components/layout/header-balance'
import type { ToolNavItem } from '@/components/layout/nav-items'
import { ShellFrame } from '@/components/layout/shell-frame'
import { readWallets } from '@/lib/account/read-wallets'
import type { AccountView } from '@/lib/admin/require-account-view'
import { viewedPath } from '@/lib/admin/viewed-pages'
import { listCreditTypes } from '@/lib/credits/credit-types'
import { readReader } from '@/lib/reader/read-reader'
import { viewArea } from './view-area'
import { ViewBanner } from './view-banner'
import { ViewProvider } from './view-context'

type ViewShellProps = { view: AccountView; tools: readonly ToolNavItem[]; children: ReactNode }

/** The frame of the pages on which an admin looks at an account: that of the app, with what its user has in it. */
export async function ViewShell({ view, tools, children }: ViewShellProps) {
  const { admin, user, endsAt } = view
  const pages = tools.map(({ href, creditType }) => ({
    href: viewedPath(user.id, href) ?? href,
    creditType,
  }))
  const [types, wallets, reader] = await Promise.all([listCreditTypes(), readWallets(user.id), readReader()])
  return (
    <ViewProvider userId={user.id}>
      <AccountProviders reader={reader} types={types} pages={pages} userId={user.id} balances={wallets}>
        <FollowSession userId={admin.id} />
        <ShellFrame
          userId={admin.id}
          area={viewArea(user.id, tools)}
          banner={<ViewBanner userId={user.id} email={user.email} endsAt={endsAt} />}
          header={
            <div className="ml-auto">
              <HeaderBalance userId={user.id} />
            </div>
          }
        >
          {children}
        </ShellFrame>
      </AccountProviders>
    </ViewProvider>
  )
}
