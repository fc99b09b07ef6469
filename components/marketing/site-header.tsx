import { Logo } from '@/components/layout/logo'
import { ThemeToggle } from '@/components/layout/theme-toggle'
import { Button } from '@/components/ui/button'
import { headerLinks } from './content'
import { SiteMenu } from './site-menu'

/**
 * The header of the public pages; who is signed in finds the way to the dashboard instead of the way in. Its links load
 * the next page whole: a page keeps the policy that its document came with, and those that are kept need no router.
 */
export function SiteHeader() {
  return (
    <header className="sticky top-0 z-40 border-b bg-background/90 backdrop-blur-sm">
      <div className="mx-auto flex h-16 max-w-6xl items-center gap-3 px-4 max-[22rem]:gap-1 sm:px-6 md:gap-6">
        <a href="/" className="touch-target rounded-md">
          <Logo />
        </a>
        <nav aria-label="Main" className="hidden gap-1 md:flex">
          {headerLinks.map(({ href, label }) => (
            <Button key={href} asChild variant="ghost" size="sm" className="text-muted-foreground">
              <a href={href}>{label}</a>
            </Button>
          ))}
        </nav>
        <div className="ml-auto flex items-center gap-1 max-[22rem]:gap-0 sm:gap-2">
          <ThemeToggle />
          <Button asChild size="sm" className="signed-out:hidden">
            <a href="/dashboard">Dashboard</a>
          </Button>
          <Button asChild variant="ghost" size="sm" className="signed-in:hidden max-md:hidden">
            <a href="/login">Sign in</a>
          </Button>
          <Button asChild size="sm" className="signed-in:hidden">
            <a href="/signup">Get started</a>
          </Button>
          <SiteMenu />
        </div>
      </div>
    </header>
  )
}
