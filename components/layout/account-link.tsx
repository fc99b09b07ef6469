'use client'

import Link from 'next/link'
import type { ComponentProps } from 'react'
import { useView } from '@/components/admin/view/view-context'
import { ViewLink } from '@/components/admin/view/view-link'

type LinkProps = ComponentProps<typeof Link>

export type AccountLinkProps = Omit<LinkProps, 'href'> & {
  href: LinkProps['href'] | `/tools/${string}` | `/runs/${number}`
}

/** A link from one page about an account to another page about the same one. */
export function AccountLink(props: AccountLinkProps) {
  // #region admin
  const view = useView()
  if (view) return <ViewLink userId={view.userId} {...props} />
  // #endregion
  return <Link {...props} />
}
