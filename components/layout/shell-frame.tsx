import Link from 'next/link'
import type { ReactNode } from 'react'
import { cn } from '@/lib/utils'
import { Logo } from './logo'
import { MobileMenu } from './mobile-menu'
import type { NavArea } from './nav-items'
import { NavLinks } from './nav-links'

type ShellFrameProps = {
  /** Who is signed in. */
  userId: string
  /** Which pages the navigation leads to. */
  area: NavArea
  /** The end of the header. */
  header: ReactNode
  /** What stands above it, and stays. */
  banner?: ReactNode
  children: ReactNode
}

/** Where navigation, header and page stand; on small screens the navigation is in a menu. */
export function ShellFrame({ userId, area, header, banner, children }: ShellFrameProps) {
  return (
    <div data-user={userId} className="min-h-dvh lg:grid lg:grid-cols-[15rem_minmax(0,1fr)] print:block">
      <aside className="sticky top-0 hidden h-dvh flex-col gap-5 overflow-y-auto border-r bg-card px-3 pb-5 lg:flex print:hidden">
        <Link href={area.home} className="mt-4 ml-2 flex h-8 w-fit items-center rounded-md">
          <Logo />
        </Link>
        <NavLinks area={area} />
      </aside>
      <div className="flex min-h-dvh min-w-0 flex-col">
        <div className="sticky top-0 z-40 print:hidden">
          {banner}
          <header className="flex h-16 items-center gap-2 border-b bg-background/90 px-4 backdrop-blur-sm sm:px-6">
            <MobileMenu area={area} />
            <Link
              href={area.home}
              className="touch-target rounded-md max-[26rem]:[&_span]:text-[0px] lg:hidden"
            >
              <Logo />
            </Link>
            {header}
          </header>
        </div>
        <main
          id="content"
          className={cn(
            'mx-auto w-full flex-1 px-4 py-8 sm:px-6 lg:py-10 print:max-w-none print:p-0',
            area.isWide ? 'max-w-[83rem]' : 'max-w-5xl has-[>[data-wide]]:max-w-[83rem]',
          )}
        >
          {children}
        </main>
      </div>
    </div>
  )
}
