import type { ReactNode } from 'react'
import { Logo } from '@/components/layout/logo'

type MessagePageProps = {
  /** A short mono line above the title: a status, a kind. */
  kicker: string
  title: string
  description: ReactNode
  /** What one can do from here. */
  actions: ReactNode
}

/** A page that has one thing to say: not found, went wrong. */
export function MessagePage({ kicker, title, description, actions }: MessagePageProps) {
  return (
    <div className="flex min-h-dvh flex-col px-4 sm:px-6">
      <header className="flex h-16 items-center">
        <a href="/" className="touch-target rounded-md">
          <Logo />
        </a>
      </header>
      <main id="content" className="mx-auto flex w-full max-w-md flex-1 flex-col justify-center gap-6 pb-24">
        <div className="grid gap-2">
          <p className="font-mono text-muted-foreground text-sm">{kicker}</p>
          <h1 className="font-semibold text-3xl tracking-tight">{title}</h1>
          <p className="text-muted-foreground">{description}</p>
        </div>
        <div className="flex flex-wrap gap-3">{actions}</div>
      </main>
    </div>
  )
}
