import type { Metadata } from 'next'
import { MissingPage } from '@/components/layout/missing-page'

export const metadata: Metadata = { title: 'Not found' }

export default function ViewNotFound() {
  return <MissingPage home={{ href: '/dashboard', label: 'Dashboard' }} />
}
