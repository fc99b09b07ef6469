import type { Metadata } from 'next'
import { PageHeader } from '@/components/layout/page-header'
import { requireUser } from '@/lib/auth/session'
import { ImageConverterClient } from '@/tools/image-converter/form'

export const metadata: Metadata = { title: 'Convert images' }

export default async function ImageConverterPage() {
  const user = await requireUser('/tools/image-converter')
  return (
    <div className="grid gap-6">
      <PageHeader
        title="Convert images"
        description="Up to ten at once. You pay for those that worked; the rest comes back to your balance."
      />
      <ImageConverterClient userId={user.id} />
    </div>
  )
}
