import 'server-only'
import { readReviews } from './read-records'
import type { ReconcileReport } from './report'

/** Names the events that were applied but left a question to an admin, until one of them closes the review. */
export async function noteReviews(report: ReconcileReport): Promise<void> {
  for (const { id, type, error } of await readReviews()) {
    report.note({ kind: 'event', id, theirs: type, ours: 'in review' }, error ?? 'It waits for an admin.')
  }
}
