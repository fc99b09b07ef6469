import { Logo } from '@/components/layout/logo'
import { footerLinks } from './content'

const LINK =
  'touch-target flex items-center rounded-sm pointer-coarse:min-h-11 transition-colors hover:text-foreground'

export function SiteFooter() {
  return (
    <footer className="border-t">
      <div className="mx-auto flex max-w-6xl flex-wrap items-center justify-between gap-x-8 gap-y-4 px-4 py-8 sm:px-6">
        <Logo className="text-sm" />
        <nav aria-label="Footer" className="flex flex-wrap gap-x-6 gap-y-2 text-muted-foreground text-sm">
          {footerLinks.map(({ href, label }) => (
            <a key={href} href={href} className={LINK}>
              {label}
            </a>
          ))}
          {/* #region api */}
          <a href="/docs/api" className={LINK}>
            API
          </a>
          {/* #endregion */}
        </nav>
      </div>
    </footer>
  )
}
