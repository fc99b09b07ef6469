import type { Period } from '@/lib/admin/business/business-period'
import type { Business } from '@/lib/admin/business/read-business'
import type { Format } from '@/lib/format'
import { FigureCard } from './figure-card'
import { FigureSection } from './figure-section'
import { paymentsOf } from './payments-of'
import { writeCount } from './write-figure'

type PeopleFiguresProps = { business: Business; period: Period; format: Format }

/** Who came, what became of them, and who paid. */
export function PeopleFigures({ business, period, format }: PeopleFiguresProps) {
  const count = (figure: string) => writeCount(format, business.total(figure))
  /** A count, and the part of those who signed up that it is. */
  const step = (figure: string) => {
    const { value, before } = count(figure)
    const share = business.share(figure, 'signups')
    const write = (text: string, part: number | null) =>
      part === null ? text : `${text} (${format.formatPercent(part)})`
    return { value: write(value, share.now), before: write(before, share.before) }
  }
  return (
    <FigureSection
      id="people"
      title="People"
      className="grid-cols-1 min-[22rem]:grid-cols-2 max-sm:gap-3 lg:grid-cols-4"
    >
      <FigureCard label="Signed up" {...count('signups')} href="/admin/users" />
      <FigureCard label="Of them, ran a tool" {...step('ran')} href="/admin/tools" />
      <FigureCard
        label="Of them, bought"
        {...step('bought')}
        href={paymentsOf(period, { status: 'charged' })}
      />
      <FigureCard
        label="Paying users"
        {...count('buyers')}
        href={paymentsOf(period, { status: 'charged' })}
      />
    </FigureSection>
  )
}
