'use client'

import { Command } from 'cmdk'
import {
  ReceiptTextIcon,
  SearchIcon,
  UsersIcon, // #only admin
} from 'lucide-react'
import type { Route } from 'next'
import { useRouter } from 'next/navigation'
import { type ReactNode, useState } from 'react'
import { Dialog, DialogContent, DialogTitle } from '@/components/ui/dialog'
import type { NavArea } from './nav-items'

type CommandListProps = { areas: readonly NavArea[]; isAdmin: boolean; onClose: () => void }

/** The dialog of `CommandMenu`: the pages that match what is typed, and where else to look for it. */
export function CommandList({
  areas,
  isAdmin, // #only admin
  onClose,
}: CommandListProps) {
  const router = useRouter()
  const [typed, setTyped] = useState('')
  const [opener] = useState(() => document.activeElement)
  const text = typed.trim()
  const groups = areas.flatMap(({ name, groups: inside }) =>
    inside.map(({ label, items }) => ({ key: `${name} ${label ?? ''}`, label: label ?? 'Pages', items })),
  )

  function open(href: Route) {
    onClose()
    router.push(href)
  }

  return (
    <Dialog open onOpenChange={onClose}>
      <DialogContent
        aria-describedby={undefined}
        onCloseAutoFocus={(event) => {
          event.preventDefault()
          if (opener instanceof HTMLElement) opener.focus()
        }}
        className="top-24 translate-y-0 gap-0 p-0"
      >
        <DialogTitle className="sr-only">Search</DialogTitle>
        <Command label="Search" loop filter={rank}>
          <div className="flex items-center gap-2.5 border-b pr-12 pl-4">
            <SearchIcon aria-hidden className="size-4 text-muted-foreground" />
            <Command.Input
              value={typed}
              onValueChange={setTyped}
              maxLength={100}
              placeholder="Find a page, or search for…"
              className="h-12 w-full bg-transparent text-base outline-none placeholder:text-muted-foreground sm:text-sm"
            />
          </div>
          <Command.List className="max-h-80 overflow-y-auto p-2">
            {groups.map(({ key, label, items }) => (
              <Command.Group key={key} heading={label} className={GROUP}>
                {items.map(({ href, label: name, icon }) => (
                  <Row
                    key={href}
                    value={`${key} ${href}`}
                    name={name}
                    icon={icon}
                    onSelect={() => open(href as Route)}
                  />
                ))}
              </Command.Group>
            ))}
            {text !== '' && (
              <Command.Group heading="Search" forceMount className={GROUP}>
                <Row
                  value="search transactions"
                  name={`Transactions with “${text}”`}
                  icon={<ReceiptTextIcon aria-hidden />}
                  onSelect={() => open(`/transactions?q=${encodeURIComponent(text)}`)}
                />
                {/* #region admin */}
                {isAdmin && (
                  <Row
                    value="search users"
                    name={`Users with “${text}”`}
                    icon={<UsersIcon aria-hidden />}
                    onSelect={() => open(`/admin/users?q=${encodeURIComponent(text)}`)}
                  />
                )}
                {/* #endregion */}
              </Command.Group>
            )}
          </Command.List>
        </Command>
      </DialogContent>
    </Dialog>
  )
}

const GROUP =
  '[&_[cmdk-group-heading]]:px-2.5 [&_[cmdk-group-heading]]:py-1.5 [&_[cmdk-group-heading]]:font-medium [&_[cmdk-group-heading]]:text-muted-foreground [&_[cmdk-group-heading]]:text-xs'

/** The beginning of a word counts more than the middle of one. Places to look for what was typed always match. */
function rank(_: string, typed: string, keywords: string[] = []): number {
  const [name = ''] = keywords
  const at = name.toLowerCase().indexOf(typed.trim().toLowerCase())
  if (at === -1) return 0
  return at === 0 || name[at - 1] === ' ' ? 1 : 0.5
}

type RowProps = { value: string; name: string; icon: ReactNode; onSelect: () => void }

function Row({ value, name, icon, onSelect }: RowProps) {
  return (
    <Command.Item
      value={value}
      keywords={[name]}
      forceMount={value.startsWith('search ')}
      onSelect={onSelect}
      className="flex min-h-9 cursor-default items-center gap-2.5 rounded-md px-2.5 text-sm aria-selected:bg-accent pointer-coarse:min-h-11 [&_svg]:size-4 [&_svg]:shrink-0 [&_svg]:text-muted-foreground"
    >
      {icon}
      <span className="min-w-0 break-words">{name}</span>
    </Command.Item>
  )
}
