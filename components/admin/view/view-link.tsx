'use client'

import Link from 'next/link'
import type { ComponentProps } from 'react'
import { viewedPath } from '@/lib/admin/viewed-pages'
import { cn } from '@/lib/utils'

type LinkProps = ComponentProps<typeof Link>
type ViewLinkProps = Omit<LinkProps, 'href'> & { userId: string; href: LinkProps['href'] | string }

/** A link of the app where an admin looks at an account: to the same page of the view, or dead where it has none. */
export function ViewLink({ userId, href, prefetch, replace, scroll, ...props }: ViewLinkProps) {
  const target = typeof href === 'string' ? parse(href) : href
  const pathname = viewedPath(userId, target.pathname ?? '')
  if (pathname === null) {
    const className = cn(props.className, 'cursor-not-allowed opacity-50')
    return (
      <a {...props} className={className} role="link" aria-disabled="true" title="Not part of the view" />
    )
  }
  return <Link {...{ prefetch, replace, scroll }} {...props} href={{ ...target, pathname }} />
}

function parse(href: string) {
  const { pathname, search, hash } = new URL(href, 'http://localhost')
  return { pathname, search, hash }
}
