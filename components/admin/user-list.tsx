import { UserSearchIcon } from 'lucide-react'
import { PagingLink } from '@/components/credits/ledger-paging'
import { Card } from '@/components/ui/card'
import { EmptyState } from '@/components/ui/empty-state'
import type { UserPage } from '@/lib/admin/list-users'
import type { CreditType } from '@/lib/credit-type'
import { withoutEmpty } from '@/lib/http/without-empty-parameters'
import { readFormat } from '@/lib/reader/read-reader'
import { UsersTable } from './users-table'

const PATHNAME = '/admin/users'

/** Counts end here: what is above is told as more. */
const MAX_COUNTED = 10_000

type UserListProps = {
  page: UserPage
  types: readonly CreditType[]
  /** The filter in the query of the page, which stays from page to page. */
  query: Record<string, string | undefined>
}

/** One page of users, which it is of how many, and the ways to those on either side. */
export async function UserList({ page, types, query }: UserListProps) {
  const { formatCredits } = await readFormat()
  const kept = withoutEmpty(query)
  const { rows, first, last, total, previous, next } = page
  const count = (number: number) =>
    number > MAX_COUNTED ? `${formatCredits(MAX_COUNTED)}+` : formatCredits(number)
  return (
    <Card className="gap-0 py-0">
      {rows.length > 0 ? (
        <UsersTable users={rows} types={types} sort={{ pathname: PATHNAME, query, sort: query.sort }} />
      ) : (
        <EmptyState
          icon={UserSearchIcon}
          title="Nobody found"
          description="Try fewer conditions, or a shorter part of the name or address."
        />
      )}
      {rows.length > 0 && (
        <nav
          aria-label="Pages"
          className="flex flex-wrap items-center justify-between gap-4 border-t px-5 py-3"
        >
          <div className="grid gap-1 text-muted-foreground text-sm">
            <p className="figures">{`${count(first)}–${count(last)} of ${count(total)}`}</p>
            <p className="max-sm:hidden">Spent is what runs were charged, less what was refunded.</p>
          </div>
          {(previous || next) && (
            <div className="flex gap-2">
              <PagingLink
                href={previous ? { pathname: PATHNAME, query: { ...kept, after: previous } } : null}
              >
                Previous
              </PagingLink>
              <PagingLink href={next ? { pathname: PATHNAME, query: { ...kept, before: next } } : null}>
                Next
              </PagingLink>
            </div>
          )}
        </nav>
      )}
    </Card>
  )
}
