import Link from 'next/link'
import type { ComponentProps } from 'react'

/** What to do next about a notice, in its own color. */
export function NoticeLink(props: ComponentProps<typeof Link>) {
  return (
    <Link
      className="inline-flex items-center rounded-sm font-medium underline underline-offset-4 pointer-coarse:min-h-11"
      {...props}
    />
  )
}
