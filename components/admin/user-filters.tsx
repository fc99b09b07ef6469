import {
  FilterBar,
  FilterChoice,
  FilterNumber,
  FilterRange,
  FilterSearch,
} from '@/components/layout/filter-bar'
import { USER_STATES, USER_TIERS, type UserFilter } from '@/lib/admin/user-filter'

type UserFiltersProps = {
  kept: { [Name in keyof UserFilter]?: string | undefined }
  active: boolean
}

/** What the list of users is narrowed down by. */
export function UserFilters({ kept, active }: UserFiltersProps) {
  return (
    <FilterBar action="/admin/users" active={active}>
      {kept.sort && <input type="hidden" name="sort" value={kept.sort} />}
      <FilterSearch name="q" label="Search" value={kept.q} placeholder="Name, e-mail or ID" />
      <FilterChoice name="tier" label="Membership" value={kept.tier} choices={Object.entries(USER_TIERS)} />
      <FilterChoice name="state" label="Account" value={kept.state} choices={Object.entries(USER_STATES)} />
      <FilterChoice name="debt" label="Debt" value={kept.debt} choices={[['yes', 'With debt']]} wide />
      <FilterRange>
        <FilterNumber name="min" label="Balance from" value={kept.min} />
        <FilterNumber name="max" label="Balance to" value={kept.max} />
      </FilterRange>
    </FilterBar>
  )
}
