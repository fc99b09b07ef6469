import type { Metadata } from 'next'
import { requireUser } from '@/lib/auth/session'
import { ExampleTool } from './example-tool'

export const metadata: Metadata = { title: 'Summarize a text' }

export default async function ExampleToolPage() {
  const user = await requireUser('/example-tool')
  return <ExampleTool userId={user.id} />
}
