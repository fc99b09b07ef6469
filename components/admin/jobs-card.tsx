import { Badge } from '@/components/ui/badge'
import { Card, CardDescription, CardHeader, CardTitle } from '@/components/ui/card'
import type { JobRun } from '@/lib/admin/read-job-runs'
import { readFormat } from '@/lib/reader/read-reader'

/** When each job last ran, and whether that went well. */
export async function JobsCard({ jobs }: { jobs: readonly JobRun[] }) {
  const { formatTimestamp } = await readFormat()
  return (
    <Card id="jobs" className="scroll-mt-20 gap-3 pb-0">
      <CardHeader>
        <CardTitle>Jobs</CardTitle>
        <CardDescription>What the scheduler runs, each with its last run.</CardDescription>
      </CardHeader>
      <ul className="divide-y border-t text-sm">
        {jobs.map(({ job, ranAt, error }) => (
          <li
            key={job}
            className="flex flex-col justify-between gap-x-4 px-5 py-2.5 sm:flex-row sm:items-center"
          >
            <span className="flex items-center gap-2">
              <span>{job}</span>
              {error && <Badge variant="destructive">Failed</Badge>}
            </span>
            <span className="figures text-muted-foreground max-sm:text-xs">
              {ranAt ? <time dateTime={ranAt}>{formatTimestamp(ranAt)}</time> : <span>Never</span>}
            </span>
          </li>
        ))}
      </ul>
    </Card>
  )
}
