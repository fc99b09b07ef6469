'use client'

import { LogOutIcon, SettingsIcon } from 'lucide-react'
import Link from 'next/link'
import { useTheme } from 'next-themes'
import { type ReactElement, useTransition } from 'react'
import { forgetAllDrafts } from '@/components/credits/tool-drafts'
import { THEMES } from '@/components/layout/themes'
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuLabel,
  DropdownMenuRadioGroup,
  DropdownMenuRadioItem,
  DropdownMenuSeparator,
  DropdownMenuTrigger,
} from '@/components/ui/dropdown-menu'
import { signOut } from '@/lib/auth/sign-out'

type UserMenuItemsProps = { button: ReactElement; email: string; name: string }

/** What `UserMenu` opens. */
export function UserMenuItems({ button, email, name }: UserMenuItemsProps) {
  const { theme, setTheme } = useTheme()
  const [leaving, startLeaving] = useTransition()

  function leave() {
    forgetAllDrafts()
    startLeaving(signOut)
  }

  return (
    <DropdownMenu defaultOpen>
      <DropdownMenuTrigger asChild>{button}</DropdownMenuTrigger>
      <DropdownMenuContent align="end" className="w-60">
        <div className="grid px-2 py-1.5 text-sm">
          {name && <span className="truncate font-medium">{name}</span>}
          <span className="truncate text-muted-foreground">{email}</span>
        </div>
        <DropdownMenuSeparator />
        <DropdownMenuItem asChild>
          <Link href="/settings">
            <SettingsIcon aria-hidden />
            Settings
          </Link>
        </DropdownMenuItem>
        <DropdownMenuSeparator />
        <DropdownMenuLabel>Theme</DropdownMenuLabel>
        <DropdownMenuRadioGroup value={theme} onValueChange={setTheme}>
          {THEMES.map(({ id, label }) => (
            <DropdownMenuRadioItem key={id} value={id}>
              {label}
            </DropdownMenuRadioItem>
          ))}
        </DropdownMenuRadioGroup>
        <DropdownMenuSeparator />
        <DropdownMenuItem disabled={leaving} onSelect={leave}>
          <LogOutIcon aria-hidden />
          Sign out
        </DropdownMenuItem>
      </DropdownMenuContent>
    </DropdownMenu>
  )
}
