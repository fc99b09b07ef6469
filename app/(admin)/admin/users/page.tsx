import { UserSearchIcon } from 'lucide-react'
import type { Metadata } from 'next'
import { z } from 'zod'
import { HeldBonuses } from '@/components/admin/held-bonuses'
import { UserSearch } from '@/components/admin/user-search'
import { UsersTable } from '@/components/admin/users-table'
import { PageHeader } from '@/components/layout/page-header'
import { Card } from '@/components/ui/card'
import { EmptyState } from '@/components/ui/empty-state'
import { listUsers } from '@/lib/admin/list-users'
import { requireAdmin } from '@/lib/auth/roles'
import { listCreditTypes } from '@/lib/credits/credit-types'
import { isStorable } from '@/lib/http/postgres-text'

export const metadata: Metadata = { title: 'Users' }

const LIMIT = 25
const querySchema = z.object({ q: z.string().trim().max(200).refine(isStorable).catch('') })

export default async function UsersPage({ searchParams }: PageProps<'/admin/users'>) {
  await requireAdmin('/admin/users')
  const { q } = querySchema.parse(await searchParams)
  const [users, types] = await Promise.all([listUsers(q, LIMIT), listCreditTypes()])
  return (
    <div className="grid grid-cols-1 gap-6">
      <PageHeader
        title="Users"
        description="Find somebody to see their balance and history, and to correct it."
      />
      <UserSearch query={q} />
      {!q && <HeldBonuses />}
      <Card className="gap-0 py-0">
        {users.length > 0 ? (
          <UsersTable users={users} types={types} />
        ) : (
          <EmptyState
            icon={UserSearchIcon}
            title="Nobody found"
            description={`No e-mail address contains “${q}”. Try a shorter part of it.`}
          />
        )}
        {users.length === LIMIT && (
          <p className="border-t px-5 py-3 text-muted-foreground text-sm">
            The newest {LIMIT} are shown. Search to find others.
          </p>
        )}
      </Card>
    </div>
  )
}
