'use client'

import { ErrorMessage } from '@/components/layout/error-message'
import type { ErrorPageProps } from '@/components/layout/error-page'

export default function ViewError(props: ErrorPageProps) {
  return <ErrorMessage {...props} />
}
