'use client'

import { HistoryIcon } from 'lucide-react'
import { AccountLink } from '@/components/layout/account-link'
import { useFormat } from '@/components/reader/format-provider'
import { Alert, AlertDescription } from '@/components/ui/alert'
import type { RunRow } from '@/lib/account/list-runs'
import { useCreditType } from '@/lib/credit-manager'
import type { CreditUnit } from '@/lib/credit-type'
import type { Format } from '@/lib/format'
import { describeStopped, isOpen } from './describe-run'
import { RefreshWhile } from './refresh-while'
import { RunProgressBar } from './run-progress-bar'
import { useCreditTool } from './use-credit-tool'

type LastRunNoticeProps = { userId: string; url: string; run: RunRow }

/** Says how the last run ended, unless this tab has a run of the tool itself, and leads to it. */
export function LastRunNotice({ userId, url, run }: LastRunNoticeProps) {
  const { running, result } = useCreditTool(userId, url)
  const unit = useCreditType(run.credit_type)
  const format = useFormat()
  if (running || result) return null
  return (
    <Alert role="status" data-testid="last-run">
      <HistoryIcon aria-hidden />
      <AlertDescription className="sm:flex sm:flex-wrap sm:justify-between">
        {describeLastRun(format, run, unit)}
        <AccountLink
          href={`/runs/${run.id}`}
          className="font-medium text-primary underline-offset-4 hover:underline"
        >
          {run.status === 'succeeded' ? 'See its result' : 'See the run'}
        </AccountLink>
      </AlertDescription>
      {isOpen(run.status) && <RunProgressBar progress={run.progress} />}
      <RefreshWhile active={isOpen(run.status)} />
    </Alert>
  )
}

function describeLastRun(format: Format, run: RunRow, unit: CreditUnit): string {
  if (run.status === 'queued') return 'A run of this tool waits for its turn.'
  if (run.status === 'running') return 'A run of this tool is still going.'
  return run.status === 'succeeded' ? 'Your last run has finished.' : describeStopped(format, run, unit)
}
