import type { Route } from 'next'
import Form from 'next/form'
import Link from 'next/link'
import type { ReactNode } from 'react'
import { Button } from '@/components/ui/button'
import { Input } from '@/components/ui/input'
import { Label } from '@/components/ui/label'
import { NativeSelect } from '@/components/ui/native-select'

type FilterBarProps = {
  /** The page itself: the filter lives in its address, so it can be shared. */
  action: Route
  /** Whether anything is filtered now. */
  active: boolean
  children: ReactNode
}

/** What a list is narrowed down by. */
export function FilterBar({ action, active, children }: FilterBarProps) {
  return (
    <Form action={action} role="search" className="grid grid-cols-2 items-end gap-3 sm:flex sm:flex-wrap">
      {children}
      <div className="col-span-2 flex gap-2">
        <Button type="submit" variant="outline">
          Filter
        </Button>
        {active && (
          <Button asChild variant="ghost" className="text-muted-foreground">
            <Link href={{ pathname: action }}>Clear</Link>
          </Button>
        )}
      </div>
    </Form>
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
        key={value}
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

/** One of a few values, or any of them. */
export function FilterChoice({
  name,
  label,
  value,
  choices,
}: FilterFieldProps & { choices: [string, string][] }) {
  return (
    <div className="grid gap-1.5 sm:w-36">
      <FilterLabel name={name}>{label}</FilterLabel>
      <NativeSelect key={value} id={`filter-${name}`} name={name} defaultValue={value ?? ''}>
        <option value="">Any</option>
        {choices.map(([choice, text]) => (
          <option key={choice} value={choice}>
            {text}
          </option>
        ))}
      </NativeSelect>
    </div>
  )
}

/** A whole number, from 0. */
export function FilterNumber({ name, label, value }: FilterFieldProps) {
  return (
    <div className="grid gap-1.5 sm:w-28">
      <FilterLabel name={name}>{label}</FilterLabel>
      <Input
        key={value}
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

/** A day, in UTC. */
export function FilterDay({ name, label, value }: FilterFieldProps) {
  return (
    <div className="grid gap-1.5 sm:w-36">
      <FilterLabel name={name}>{label}</FilterLabel>
      <Input
        key={value}
        id={`filter-${name}`}
        name={name}
        type="date"
        defaultValue={value}
        className="figures"
      />
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
