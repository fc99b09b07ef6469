import 'server-only'
import { z } from 'zod'
import { JOB_INTERVALS, type JobName } from '@/lib/job-intervals'
import { createClient } from '@/lib/supabase/server'

/** The last run of a job; `ranAt` is null for one that never ran, `error` for one that succeeded. */
export type JobRun = { job: JobName; ranAt: string | null; error: string | null }

/** What the last check of the whole ledger found. */
export type LedgerCheck = z.output<typeof ledgerCheck> & { ranAt: string }

const violation = z.object({ invariant: z.string(), user_id: z.string(), detail: z.string() })
const ledgerCheck = z.object({ violations: z.int(), first: z.array(violation) })

/** When each job last ran, and the last check of the ledger, as an admin may see it. @throws when it cannot be read */
export async function readJobRuns(): Promise<{ jobs: JobRun[]; ledger: LedgerCheck | null }> {
  const supabase = await createClient()
  const { data, error } = await supabase.from('job_runs').select('job, ran_at, result, error')
  if (error) throw new Error(`The runs of the jobs could not be read: ${error.message}`, { cause: error })
  const rows = new Map(data.map((row) => [row.job, row]))
  const jobs = (Object.keys(JOB_INTERVALS) as JobName[]).map((job) => {
    const row = rows.get(job)
    return { job, ranAt: row?.ran_at ?? null, error: row?.error ?? null }
  })
  const check = rows.get('verify-ledger')
  const found = ledgerCheck.safeParse(check?.result)
  return { jobs, ledger: check && found.success ? { ...found.data, ranAt: check.ran_at } : null }
}
