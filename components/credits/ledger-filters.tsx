import { FilterBar, FilterChoice, FilterDay, FilterRange, FilterSearch } from '@/components/layout/filter-bar'
import { DAY_PRESETS, type LedgerFilter } from '@/lib/account/ledger-filter'

type LedgerFiltersProps = {
  filter: LedgerFilter
  /** The tools that this wallet pays, as [id, name]. */
  tools: [id: string, name: string][]
  /** What else is in the query of the page, and stays. */
  query: Record<string, string>
}

/** What the ledger is narrowed down by, besides the kind of rows. */
export function LedgerFilters({ filter, tools, query }: LedgerFiltersProps) {
  return (
    <FilterBar action="/transactions" active={Boolean(filter.q || filter.tool || filter.days)} query={query}>
      <FilterSearch name="q" label="Search" value={filter.q} placeholder="Words of a description" />
      {tools.length > 0 && <FilterChoice name="tool" label="Tool" value={filter.tool} choices={tools} />}
      <FilterChoice
        name="days"
        label="Dates"
        value={filter.days}
        choices={Object.entries(DAY_PRESETS)}
        any="Any time"
      />
      {filter.days === 'custom' && (
        <FilterRange>
          <FilterDay name="from" label="From" value={filter.from} />
          <FilterDay name="to" label="To" value={filter.to} />
        </FilterRange>
      )}
    </FilterBar>
  )
}
