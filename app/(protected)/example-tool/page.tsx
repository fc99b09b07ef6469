import type { Metadata } from 'next'
import { ToolPage } from '@/components/credits/tool-page'
import { requireUser } from '@/lib/auth/session'
import { entry } from '@/tools/text-generation'
import { prices } from '@/tools/text-generation/tool'
import { ExampleToolClient } from './ExampleToolClient'

export const metadata: Metadata = { title: 'Summarize a text' }

export default async function ExampleToolPage() {
  const user = await requireUser('/example-tool')
  return (
    <ToolPage
      userId={user.id}
      tool={entry}
      url="/api/example-protected"
      form={<ExampleToolClient userId={user.id} prices={prices()} creditType={entry.creditType} />}
    />
  )
}
