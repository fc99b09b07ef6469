'use client'

import { SearchIcon } from 'lucide-react'
import dynamic from 'next/dynamic'
import { useEffect, useState } from 'react'
import { Button } from '@/components/ui/button'
import type { NavArea } from './nav-items'

const loadList = () => import('./command-list').then((module) => module.CommandList)
const CommandList = dynamic(loadList)

type CommandMenuProps = { areas: readonly NavArea[]; isAdmin: boolean }

/** Finds a page, a tool, transactions or, for admins, users by a few letters: opened by its button, by ⌘K and Ctrl K. */
export function CommandMenu(props: CommandMenuProps) {
  const [open, setOpen] = useState(false)
  useEffect(() => {
    // Late enough for nobody to wait for it, early enough that what is typed at once is not lost.
    void loadList()
    function toggle(event: KeyboardEvent) {
      if (event.key.toLowerCase() !== 'k' || !(event.metaKey || event.ctrlKey) || event.altKey) return
      event.preventDefault()
      setOpen((wasOpen) => !wasOpen)
    }
    document.addEventListener('keydown', toggle)
    return () => document.removeEventListener('keydown', toggle)
  }, [])
  return (
    <>
      <Button
        variant="outline"
        size="icon"
        onClick={() => setOpen(true)}
        aria-label="Search"
        aria-haspopup="dialog"
        aria-keyshortcuts="Control+K Meta+K"
      >
        <SearchIcon aria-hidden />
      </Button>
      {open && <CommandList {...props} onClose={() => setOpen(false)} />}
    </>
  )
}
