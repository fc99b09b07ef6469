import type { Route } from 'next'
import type { ReactNode } from 'react'
import { Button } from '@/components/ui/button'
import { Input } from '@/components/ui/input'
import { Label } from '@/components/ui/label'
import { NativeSelect } from '@/components/ui/native-select'
import { cn } from '@/lib/utils'
import { AccountLink } from './account-link'
import { FilterForm } from './filter-form'

type FilterBarProps = {
  /** The page itself: the filter lives in its address, so it can be shared. */
  action: Route
  /** Whether anything is filtered now. */
  active: boolean
  /** What else is in the query of the page, and stays. */
  query?: Record<string, string>
  children: ReactNode
}

/** What a list is narrowed down by. */
export function FilterBar({ action, active, query = {}, children }: FilterBarProps) {
  return (
    <FilterForm action={action} className="grid grid-cols-2 items-end gap-3 sm:flex sm:flex-wrap">
      <div hidden>
        {Object.entries(query).map(([name, value]) => (
          <input key={name} type="hidden" name={name} value={value} />
        ))}
      </div>
      {children}
      <div className="contents">
        <noscript>
          <Button type="submit" variant="outline">
            Filter
          </Button>
        </noscript>
        {active && (
          <Button
            asChild
            variant="ghost"
            className="text-muted-foreground max-sm:-ml-4 max-sm:justify-self-start"
          >
            <AccountLink href={{ pathname: action, query }}>Clear</AccountLink>
          </Button>
        )}
      </div>
    </FilterForm>
  )
}

type FilterFieldProps = { name: string; label: string; value: string | undefined }

/** A word to look for. */
export function FilterSearch({
  name,
  label,
  value,
  placeholder,
}: FilterFieldProps & { placeholder: string }) {
  return (
    <div className="col-span-2 grid gap-1.5 sm:min-w-60 sm:flex-1">
      <FilterLabel name={name}>{label}</FilterLabel>
      <Input
        id={`filter-${name}`}
        name={name}
        type="search"
        defaultValue={value}
        maxLength={200}
        placeholder={placeholder}
      />
    </div>
  )
}

type FilterChoiceProps = FilterFieldProps & {
  choices: [string, string][]
  any?: string
  /** Whether it takes a row of its own on a small screen, where nothing would stand beside it. */
  wide?: boolean
}

/** One of a few values, or any of them. */
export function FilterChoice({ name, label, value, choices, any = 'Any', wide = false }: FilterChoiceProps) {
  return (
    <div className={cn('grid gap-1.5 sm:w-36', wide && 'max-sm:col-span-2')}>
      <FilterLabel name={name}>{label}</FilterLabel>
      <NativeSelect id={`filter-${name}`} name={name} defaultValue={value ?? ''}>
        <option value="">{any}</option>
        {choices.map(([choice, text]) => (
          <option key={choice} value={choice}>
            {text}
          </option>
        ))}
      </NativeSelect>
    </div>
  )
}

/** From one value to another: they stand in one row. */
export function FilterRange({ children }: { children: ReactNode }) {
  return <div className="col-span-2 grid grid-cols-2 gap-3 sm:flex">{children}</div>
}

/** A whole number, from 0. */
export function FilterNumber({ name, label, value }: FilterFieldProps) {
  return (
    <div className="grid gap-1.5 sm:w-28">
      <FilterLabel name={name}>{label}</FilterLabel>
      <Input
        id={`filter-${name}`}
        name={name}
        type="number"
        min={0}
        step={1}
        defaultValue={value}
        className="figures"
      />
    </div>
  )
}

/** A day. */
export function FilterDay({ name, label, value }: FilterFieldProps) {
  return (
    <div className="grid gap-1.5 sm:w-36">
      <FilterLabel name={name}>{label}</FilterLabel>
      <Input id={`filter-${name}`} name={name} type="date" defaultValue={value} className="figures" />
    </div>
  )
}

function FilterLabel({ name, children }: { name: string; children: ReactNode }) {
  return (
    <Label htmlFor={`filter-${name}`} className="text-muted-foreground text-xs">
      {children}
    </Label>
  )
}
