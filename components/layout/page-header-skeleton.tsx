import { Skeleton } from '@/components/ui/skeleton'
import { HEADER_CLASSES } from './page-header'

type PageHeaderSkeletonProps = {
  /** The words that are known before the page is; a bar stands for those that are not. */
  title?: string
  /** False when no sentence stands below the title. */
  description?: string | false
  /** Whether a button stands at its end. */
  action?: boolean
}

/** The heading of a page that is on its way. */
export function PageHeaderSkeleton({ title, description, action = false }: PageHeaderSkeletonProps) {
  return (
    <div role="status" aria-label="Loading" className={HEADER_CLASSES.header}>
      {/* What is read aloud is that the page is loading; its heading comes with it. */}
      <div aria-hidden className="grid gap-1">
        {title ? <p className={HEADER_CLASSES.title}>{title}</p> : <Skeleton className="h-8 w-44" />}
        {description ? (
          <p className={HEADER_CLASSES.description}>{description}</p>
        ) : (
          description !== false && <Skeleton className="h-5 w-72 max-w-full" />
        )}
      </div>
      {action && <Skeleton className="h-9 w-32 shrink-0" />}
    </div>
  )
}
