import { ReceiptTextIcon } from 'lucide-react'
import { LedgerFilters } from '@/components/credits/ledger-filters'
import { LedgerFooter } from '@/components/credits/ledger-footer'
import { LedgerTable } from '@/components/credits/ledger-table'
import { LedgerDownload, LedgerViews } from '@/components/credits/ledger-views'
import { RefreshOnChange } from '@/components/credits/refresh-on-change'
import { WalletTabs } from '@/components/credits/wallet-tabs'
import { AccountLink } from '@/components/layout/account-link'
import { OwnerOnly } from '@/components/layout/owner-only'
import { PageHeader } from '@/components/layout/page-header'
import { Button } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { EmptyState } from '@/components/ui/empty-state'
import { chooseWallet, walletQuery } from '@/lib/account/choose-wallet'
import { ledgerCsvPath, ledgerPeriod, ledgerQuery, parseLedgerFilter } from '@/lib/account/ledger-filter'
import { parseLedgerPosition } from '@/lib/account/ledger-position'
import { readLedgerPage } from '@/lib/account/read-ledger-page'
import { listCreditTypes } from '@/lib/credits/credit-types'
import { readReader } from '@/lib/reader/read-reader'
import { listTools } from '@/tools/registry'
import { HEADING } from './heading'

type TransactionsProps = { userId: string; query: Record<string, string | string[] | undefined> }

/** The ledger of a user, searched, filtered and page by page. */
export async function Transactions({ userId, query }: TransactionsProps) {
  const [types, tools, { timeZone }] = await Promise.all([listCreditTypes(), listTools(), readReader()])
  const wallet = chooseWallet(query, types)
  const filter = parseLedgerFilter(query)
  const position = parseLedgerPosition(query)
  const period = ledgerPeriod(filter, new Date(), timeZone)
  const page = await readLedgerPage({ userId, creditType: wallet.id, filter, period, position })
  const inAddress = walletQuery(wallet, types)
  const all = ledgerQuery(filter)
  const { show, ...narrowed } = all
  const isFiltered = Object.keys(all).length > 0
  return (
    <div className="grid grid-cols-1 gap-6">
      <RefreshOnChange userId={userId} />
      <PageHeader
        {...HEADING}
        description={`Every change of your balance, newest first. Days and times are those of ${timeZone}.`}
        actions={
          <OwnerOnly>
            <LedgerDownload path={ledgerCsvPath(wallet.id, filter, period)} />
          </OwnerOnly>
        }
      />
      <WalletTabs userId={userId} types={types} current={wallet} pathname="/transactions" query={all} />
      <LedgerFilters
        filter={filter}
        tools={tools.filter(({ creditType }) => creditType === wallet.id).map(({ id, name }) => [id, name])}
        query={{ ...inAddress, ...(show && { show }) }}
      />
      <Card className="gap-0 py-0">
        <LedgerViews current={filter.show} query={{ ...inAddress, ...narrowed }} />
        {page.rows.length > 0 ? (
          <LedgerTable
            entries={page.rows}
            describeCharge={({ action, charge }) => {
              const tool = tools.find(({ id }) => id === action)
              return charge && { what: tool?.describeCharge(charge.input ?? {}) ?? null, tier: charge.tier }
            }}
          />
        ) : (
          <EmptyState
            icon={ReceiptTextIcon}
            title={isFiltered ? 'No matching transactions' : 'No transactions here'}
            description={
              isFiltered
                ? 'Try fewer words, another kind or more days.'
                : `${wallet.name} you get, spend or buy are listed here.`
            }
            action={
              <Button asChild variant="outline" size="sm">
                {isFiltered ? (
                  <AccountLink href={{ pathname: '/transactions', query: inAddress }}>Show all</AccountLink>
                ) : (
                  <AccountLink href="/tools">Try a tool</AccountLink>
                )}
              </Button>
            }
          />
        )}
        {(page.rows.length > 0 || page.earlier || position.until) && (
          <LedgerFooter
            page={page}
            pathname="/transactions"
            query={{ ...inAddress, ...all }}
            until={position.until}
          />
        )}
      </Card>
    </div>
  )
}
