import type { Metadata } from 'next'
import Link from 'next/link'
import { HeldBonuses } from '@/components/admin/held-bonuses'
import { UserFilters } from '@/components/admin/user-filters'
import { UserList } from '@/components/admin/user-list'
import { RefreshWhile } from '@/components/credits/refresh-while'
import { PageHeader } from '@/components/layout/page-header'
import { Button } from '@/components/ui/button'
import { listUsers } from '@/lib/admin/list-users'
import { parseUserFilter, withoutUserPosition } from '@/lib/admin/user-filter'
import { requireAdmin } from '@/lib/auth/roles'
import { listCreditTypes } from '@/lib/credits/credit-types'
import { withoutEmpty } from '@/lib/http/without-empty-parameters'
import { HEADING } from './heading'

export const metadata: Metadata = { title: HEADING.title }

/** How old a list may be that is looked at. */
const REFRESH_MS = 10_000

export default async function UsersPage({ searchParams }: PageProps<'/admin/users'>) {
  await requireAdmin('/admin/users')
  const filter = parseUserFilter(await searchParams)
  const [page, types] = await Promise.all([listUsers(filter), listCreditTypes()])
  const { kept, active } = withoutUserPosition(filter)
  return (
    <div className="grid grid-cols-1 gap-6">
      <RefreshWhile active everyMs={REFRESH_MS} />
      <PageHeader
        {...HEADING}
        actions={
          <Button asChild variant="outline">
            <Link href={{ pathname: '/admin/users/give', query: withoutEmpty(kept) }}>Give credits</Link>
          </Button>
        }
      />
      <UserFilters kept={kept} active={active} />
      {!active && <HeldBonuses />}
      <UserList page={page} types={types} query={kept} />
    </div>
  )
}
