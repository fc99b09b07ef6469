import type { ComponentProps } from 'react'
import { AccountLink } from '@/components/layout/account-link'

/** What to do next about a notice, in its own color. */
export function NoticeLink(props: ComponentProps<typeof AccountLink>) {
  return (
    <AccountLink
      className="inline-flex items-center rounded-sm font-medium underline underline-offset-4 pointer-coarse:min-h-11"
      {...props}
    />
  )
}
