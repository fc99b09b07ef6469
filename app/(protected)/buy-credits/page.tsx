import type { Metadata } from 'next'
import { requireUser } from '@/lib/auth/session'
import { BuyCredits } from './buy-credits'

export const metadata: Metadata = { title: 'Buy credits' }

export default async function BuyCreditsPage({ searchParams }: PageProps<'/buy-credits'>) {
  const user = await requireUser('/buy-credits')
  return <BuyCredits userId={user.id} query={await searchParams} />
}
