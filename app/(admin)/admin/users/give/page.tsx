import type { Metadata } from 'next'
import { BackLink } from '@/components/admin/back-link'
import { GiftBatches } from '@/components/admin/gifts/gift-batches'
import { GiftForm } from '@/components/admin/gifts/gift-form'
import { PageHeader } from '@/components/layout/page-header'
import { listGiftBatches } from '@/lib/admin/gift-batches'
import { listUsers } from '@/lib/admin/list-users'
import { parseUserFilter, withoutUserPosition } from '@/lib/admin/user-filter'
import { requireAdmin } from '@/lib/auth/roles'
import { withoutEmpty } from '@/lib/http/without-empty-parameters'
import { HEADING } from './heading'

export const metadata: Metadata = { title: HEADING.title }

export default async function GivePage({ searchParams }: PageProps<'/admin/users/give'>) {
  await requireAdmin('/admin/users/give')
  const { kept } = withoutUserPosition(parseUserFilter(await searchParams))
  const filter = withoutEmpty(kept)
  const [{ total }, batches] = await Promise.all([listUsers(parseUserFilter(filter)), listGiftBatches()])
  return (
    <div className="grid grid-cols-1 gap-6">
      <div className="grid gap-2">
        <BackLink href="/admin/users">Users</BackLink>
        <PageHeader {...HEADING} />
      </div>
      <GiftForm filter={filter} matching={total} />
      <GiftBatches batches={batches} />
    </div>
  )
}
