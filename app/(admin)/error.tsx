'use client'

import { ErrorMessage, type ErrorPageProps } from '@/components/layout/error-message'

export default function AdminError(props: ErrorPageProps) {
  return <ErrorMessage {...props} />
}
