import type { ReactNode } from 'react'
import { FollowSession } from '@/components/auth/follow-session'
import { LogoMark } from '@/components/layout/logo'
import { ThemeToggle } from '@/components/layout/theme-toggle'
import { RememberTimeZone } from '@/components/reader/remember-time-zone'
import { Toaster } from '@/components/ui/sonner'
import { getCurrentUser } from '@/lib/auth/session'
import { brand } from '@/lib/brand'

export default async function AuthLayout({ children }: { children: ReactNode }) {
  const user = await getCurrentUser()
  return (
    <div className="flex min-h-dvh flex-col px-4">
      <FollowSession userId={user?.id ?? null} />
      <RememberTimeZone />
      <header className="flex h-14 items-center justify-end">
        <ThemeToggle />
      </header>
      <main
        id="content"
        className="mx-auto flex w-full max-w-sm flex-1 flex-col gap-6 pt-[max(1rem,8vh)] pb-16 sm:max-w-[25rem]"
      >
        <a
          href="/"
          aria-label={`${brand.name}, to the home page`}
          className="touch-target self-center rounded-xl"
        >
          <LogoMark className="size-10" />
        </a>
        {children}
      </main>
      <Toaster />
    </div>
  )
}
