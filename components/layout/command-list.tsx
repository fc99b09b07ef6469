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
export function CommandList({ areas, isAdmin, onClose }: CommandListProps) {
  const router = useRouter()
  const [typed, setTyped] = useState('')
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
      <DialogContent aria-describedby={undefined} className="top-24 translate-y-0 gap-0 p-0">
        <DialogTitle className="sr-only">Search</DialogTitle>
        <Command label="Search" loop>
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
                  <Row key={href} value={`${key} ${name}`} icon={icon} onSelect={() => open(href as Route)}>
                    {name}
                  </Row>
                ))}
              </Command.Group>
            ))}
            {text !== '' && (
              <Command.Group heading="Search" forceMount className={GROUP}>
                <Row
                  value="search transactions"
                  icon={<ReceiptTextIcon aria-hidden />}
                  onSelect={() => open(`/transactions?q=${encodeURIComponent(text)}`)}
                >
                  {`Transactions with “${text}”`}
                </Row>
                {/* #region admin */}
                {isAdmin && (
                  <Row
                    value="search users"
                    icon={<UsersIcon aria-hidden />}
                    onSelect={() => open(`/admin/users?q=${encodeURIComponent(text)}`)}
                  >
                    {`Users with “${text}”`}
                  </Row>
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

type RowProps = { value: string; icon: ReactNode; onSelect: () => void; children: ReactNode }

function Row({ value, icon, onSelect, children }: RowProps) {
  return (
    <Command.Item
      value={value}
      forceMount={value.startsWith('search ')}
      onSelect={onSelect}
      className="flex min-h-9 cursor-default items-center gap-2.5 rounded-md px-2.5 text-sm aria-selected:bg-accent pointer-coarse:min-h-11 [&_svg]:size-4 [&_svg]:shrink-0 [&_svg]:text-muted-foreground"
    >
      {icon}
      <span className="min-w-0 break-words">{children}</span>
    </Command.Item>
  )
}
