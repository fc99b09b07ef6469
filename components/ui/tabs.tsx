'use client'

import { clsx } from 'clsx'
import { type ComponentProps, createContext, type KeyboardEvent, useContext, useId, useState } from 'react'

type Chosen = { id: string; value: string; choose: (value: string) => void }

const TabsContext = createContext<Chosen>({ id: '', value: '', choose: () => {} })

type TabsProps = ComponentProps<'div'> & { defaultValue: string }

/** Panels of which one is shown, chosen by its tab. */
export function Tabs({ defaultValue, ...props }: TabsProps) {
  const id = useId()
  const [value, choose] = useState(defaultValue)
  return (
    <TabsContext value={{ id, value, choose }}>
      <div data-slot="tabs" {...props} />
    </TabsContext>
  )
}

/** The row of tabs, drawn as one segmented control. */
export function TabsList({ className, ...props }: ComponentProps<'div'>) {
  return (
    <div
      role="tablist"
      data-slot="tabs-list"
      onKeyDown={moveFocus}
      className={clsx('inline-flex w-fit items-center gap-1 rounded-lg border bg-muted p-1', className)}
      {...props}
    />
  )
}

export function TabsTrigger({ className, value, ...props }: ComponentProps<'button'> & { value: string }) {
  const tabs = useContext(TabsContext)
  const isActive = tabs.value === value
  return (
    <button
      type="button"
      role="tab"
      id={`${tabs.id}-${value}-tab`}
      aria-selected={isActive}
      aria-controls={`${tabs.id}-${value}`}
      tabIndex={isActive ? 0 : -1}
      data-slot="tabs-trigger"
      data-state={isActive ? 'active' : 'inactive'}
      onClick={() => tabs.choose(value)}
      className={clsx(
        'inline-flex h-8 items-center justify-center whitespace-nowrap rounded-md px-4 font-medium text-muted-foreground text-sm transition-colors hover:text-foreground data-[state=active]:bg-card data-[state=active]:text-foreground data-[state=active]:shadow-xs dark:data-[state=active]:bg-input',
        className,
      )}
      {...props}
    />
  )
}

export function TabsContent({ value, children, ...props }: ComponentProps<'div'> & { value: string }) {
  const tabs = useContext(TabsContext)
  const isActive = tabs.value === value
  return (
    <div
      role="tabpanel"
      id={`${tabs.id}-${value}`}
      aria-labelledby={`${tabs.id}-${value}-tab`}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: the way from the tab into what it shows
      tabIndex={0}
      hidden={!isActive}
      {...props}
    >
      {isActive && children}
    </div>
  )
}

/** Arrows, Home and End choose among the tabs, as screen readers say they do. */
function moveFocus(event: KeyboardEvent<HTMLElement>): void {
  const tabs = [...event.currentTarget.querySelectorAll<HTMLElement>('[role=tab]')]
  const at = tabs.findIndex(({ tabIndex }) => tabIndex === 0)
  const next = { ArrowLeft: at - 1, ArrowRight: at + 1, Home: 0, End: -1 }[event.key]
  if (next === undefined) return
  event.preventDefault()
  const tab = tabs.at(next % tabs.length)
  tab?.focus()
  tab?.click()
}
