import type { Metadata } from 'next'
import { requireUser } from '@/lib/auth/session'
import { BuyCredits } from './buy-credits'
import { HEADING } from './heading'

export const metadata: Metadata = { title: HEADING.title }

export default async function BuyCreditsPage({ searchParams }: PageProps<'/buy-credits'>) {
  const user = await requireUser('/buy-credits')
  return <BuyCredits userId={user.id} query={await searchParams} />
}
