import type { Metadata } from 'next'
import { requireUser } from '@/lib/auth/session'
import { HEADING } from './heading'
import { Transactions } from './transactions'

export const metadata: Metadata = { title: HEADING.title }

export default async function TransactionsPage({ searchParams }: PageProps<'/transactions'>) {
  const user = await requireUser('/transactions')
  return <Transactions userId={user.id} query={await searchParams} />
}
