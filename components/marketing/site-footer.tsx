import Link from 'next/link'
import { Logo } from '@/components/layout/logo'
import { footerLinks } from './content'

export function SiteFooter() {
  return (
    <footer className="border-t">
      <div className="mx-auto flex max-w-6xl flex-wrap items-center justify-between gap-x-8 gap-y-4 px-4 py-8 sm:px-6">
        <Logo className="text-sm" />
        <nav aria-label="Footer" className="flex gap-6 text-muted-foreground text-sm">
          {footerLinks.map(({ href, label }) => (
            <Link key={href} href={href} className="rounded-sm transition-colors hover:text-foreground">
              {label}
            </Link>
          ))}
        </nav>
      </div>
    </footer>
  )
}
