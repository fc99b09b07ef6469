import 'server-only'
import { monitorOperation } from '@/lib/supabase/call-function'

/** Runs a credit operation of your own and logs it as those of the engine are: how long, how it ended, for whom. */
export function monitorCreditOperation<Result>(
  operation: string,
  userId: string,
  run: () => Promise<Result>,
): Promise<Result> {
  return monitorOperation(operation, { userId }, run)
}
