import type { Metadata } from 'next'
import { BuyCredits } from '@/app/(protected)/buy-credits/buy-credits'
import { HEADING } from '@/app/(protected)/buy-credits/heading'
import { requireAccountView } from '@/lib/admin/require-account-view'

export const metadata: Metadata = { title: `${HEADING.title}, viewed` }

type ViewProps = PageProps<'/admin/users/[id]/view/buy-credits'>

export default async function ViewBuyCreditsPage({ params, searchParams }: ViewProps) {
  const { user } = await requireAccountView((await params).id)
  return <BuyCredits userId={user.id} query={await searchParams} />
}
