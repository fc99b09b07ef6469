import type { Metadata } from 'next'
import { HEADING } from '@/app/(protected)/transactions/heading'
import { Transactions } from '@/app/(protected)/transactions/transactions'
import { requireAccountView } from '@/lib/admin/require-account-view'

export const metadata: Metadata = { title: `${HEADING.title}, viewed` }

type ViewProps = PageProps<'/admin/users/[id]/view/transactions'>

export default async function ViewTransactionsPage({ params, searchParams }: ViewProps) {
  const { user } = await requireAccountView((await params).id)
  return <Transactions userId={user.id} query={await searchParams} />
}
