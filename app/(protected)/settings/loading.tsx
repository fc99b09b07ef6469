import { PageHeaderSkeleton } from '@/components/layout/page-header-skeleton'
import { Skeleton } from '@/components/ui/skeleton'
import { HEADING } from './heading'

const SECTIONS = ['profile', 'password', 'low balance', 'appearance']

export default function SettingsLoading() {
  return (
    <div>
      <PageHeaderSkeleton {...HEADING} description={false} />
      <div className="mt-8">
        {SECTIONS.map((section) => (
          <div
            key={section}
            className="grid gap-5 border-t py-8 md:grid-cols-[16rem_minmax(0,1fr)] md:gap-10"
          >
            <Skeleton className="h-11 w-48" />
            <Skeleton className="h-9 w-full max-w-md" />
          </div>
        ))}
      </div>
    </div>
  )
}
