import { listRunsOfTool } from '@/lib/account/list-runs'
import { listCreditTypes } from '@/lib/credits/credit-types'
import { RunsCard } from './runs-card'

type EarlierRunsProps = { userId: string; tool: { id: string; name: string } }

/** The latest runs of a tool, each leading to its result; nothing before the first. */
export async function EarlierRuns({ userId, tool }: EarlierRunsProps) {
  const [runs, types] = await Promise.all([listRunsOfTool(userId, tool.id), listCreditTypes()])
  return (
    <RunsCard
      title="Earlier runs"
      rows={runs.map((run) => ({ ...run, name: tool.name }))}
      types={types}
      ofOneTool
    />
  )
}
