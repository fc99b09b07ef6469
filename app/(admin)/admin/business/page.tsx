import { DownloadIcon } from 'lucide-react'
import type { Metadata } from 'next'
import { z } from 'zod'
import { CreditFigures } from '@/components/admin/business/credit-figures'
import { FigureSection } from '@/components/admin/business/figure-section'
import { MoneyFigures } from '@/components/admin/business/money-figures'
import { paymentsOf } from '@/components/admin/business/payments-of'
import { PeopleFigures } from '@/components/admin/business/people-figures'
import { PeriodLinks } from '@/components/admin/business/period-links'
import { PopularTable } from '@/components/admin/business/popular-table'
import { writeCount } from '@/components/admin/business/write-figure'
import { RefreshOnRows } from '@/components/admin/refresh-on-rows'
import { PageHeader } from '@/components/layout/page-header'
import { Button } from '@/components/ui/button'
import { periodDays, periodOf } from '@/lib/admin/business/business-period'
import { readBusiness } from '@/lib/admin/business/read-business'
import { listPackageNames } from '@/lib/admin/list-subscriptions'
import { requireAdmin } from '@/lib/auth/roles'
import { listCreditTypes } from '@/lib/credits/credit-types'
import { readFormat } from '@/lib/reader/read-reader'
import { cn } from '@/lib/utils'
import { listTools } from '@/tools/registry'
import { HEADING } from './heading'

export const metadata: Metadata = { title: HEADING.title }

const query = z.object({ days: periodDays.catch(30) })

/** How many packages and tools are listed. */
const POPULAR = 10

export default async function BusinessPage({ searchParams }: PageProps<'/admin/business'>) {
  await requireAdmin('/admin/business')
  const period = periodOf(query.parse(await searchParams).days)
  const [business, types, packages, tools, format] = await Promise.all([
    readBusiness(period),
    listCreditTypes(),
    listPackageNames(),
    listTools(),
    readFormat(),
  ])
  const packageNames = new Map(packages)
  const toolNames = new Map(tools.map(({ id, name }) => [id, name]))
  return (
    <div className="grid grid-cols-1 gap-8">
      <RefreshOnRows tables={['payments', 'subscriptions']} settleMs={10_000} />
      <PageHeader
        {...HEADING}
        description={`The last ${period.days} days, today included, against the ${period.days} before. Days are UTC.`}
        actions={
          <Button asChild variant="outline">
            <a href={`/api/admin/business?days=${period.days}`} download>
              <DownloadIcon aria-hidden />
              CSV
            </a>
          </Button>
        }
      />
      <PeriodLinks current={period.days} />
      <MoneyFigures business={business} period={period} format={format} />
      <PeopleFigures business={business} period={period} format={format} />
      <FigureSection
        id="credits"
        title="Credits"
        className={cn('grid-cols-1 items-start', types.length > 1 && 'lg:grid-cols-2')}
      >
        {types.map((type) => (
          <CreditFigures key={type.id} {...{ business, period, type, format }} named={types.length > 1} />
        ))}
      </FigureSection>
      <FigureSection id="popular" title="Popular" className="grid-cols-1 items-start lg:grid-cols-2">
        <PopularTable
          title="Packages"
          counted="Sales"
          rows={business
            .each('package_sales')
            .slice(0, POPULAR)
            .map(({ subject, ...figure }) => ({
              id: subject,
              name: packageNames.get(subject) ?? subject,
              ...writeCount(format, figure),
              href: paymentsOf(period, { status: 'charged', package: subject }),
            }))}
        />
        <PopularTable
          title="Tools"
          counted="Runs"
          rows={business
            .each('tool_runs')
            .slice(0, POPULAR)
            .map(({ subject, ...figure }) => ({
              id: subject,
              name: toolNames.get(subject) ?? subject,
              ...writeCount(format, figure),
              href: '/admin/tools',
            }))}
        />
      </FigureSection>
    </div>
  )
}
