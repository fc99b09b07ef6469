import { readLastRun } from '@/lib/account/read-run'
import { LastRunNotice } from './last-run-notice'

type LastRunProps = {
  userId: string
  /** The id of the tool. */
  tool: string
  /** Where its form sends a run. */
  url: string
}

/** What became of the last run of a tool, for who comes back after the page was left or loaded again. */
export async function LastRun({ userId, tool, url }: LastRunProps) {
  const run = await readLastRun(userId, tool)
  return run && <LastRunNotice userId={userId} url={url} run={run} />
}
