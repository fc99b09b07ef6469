import { SearchIcon } from 'lucide-react'
import Form from 'next/form'
import { Button } from '@/components/ui/button'
import { Input } from '@/components/ui/input'

/** Finds users by a part of their e-mail address; the search lives in the address, so it can be shared. */
export function UserSearch({ query }: { query: string }) {
  return (
    <Form action="/admin/users" role="search" className="flex max-w-md gap-2">
      <div className="relative flex-1">
        <SearchIcon
          aria-hidden
          className="pointer-events-none absolute top-1/2 left-3 size-4 -translate-y-1/2 text-muted-foreground"
        />
        <Input
          key={query}
          name="q"
          type="search"
          defaultValue={query}
          maxLength={200}
          placeholder="Part of an e-mail address"
          aria-label="Find a user by e-mail"
          className="pl-9"
        />
      </div>
      <Button type="submit" variant="outline">
        Find
      </Button>
    </Form>
  )
}
