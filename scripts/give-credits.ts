import { parseArgs } from 'node:util'
import { createClient } from '@supabase/supabase-js'
import type { Database } from '../lib/supabase/database.types.ts'
import { giveCredits } from './give-credits/give-credits.ts'
import { LOCAL_DIRECTORY, PROJECT_DIRECTORY } from './paths.ts'
import { readUserDatabase } from './user-database.ts'

const USAGE =
  'npm run give-credits -- --amount 100 --key launch [--type general] [--before 2026-12-01T00:00:00Z]'

/** `npm run give-credits`: gives everybody who was there before some credits, once per key. */
try {
  const { values } = parseArgs({
    options: {
      amount: { type: 'string' },
      key: { type: 'string' },
      type: { type: 'string' },
      before: { type: 'string' },
    },
  })
  const amount = Number(values.amount)
  if (!values.key || !Number.isSafeInteger(amount)) throw new Error(`Say how much, and what for: ${USAGE}`)
  const { url, secretKey } = await readUserDatabase(PROJECT_DIRECTORY, LOCAL_DIRECTORY)
  const supabase = createClient<Database>(url, secretKey, {
    auth: { persistSession: false, autoRefreshToken: false },
  })
  const order = { amount, key: values.key, creditType: values.type, createdBefore: values.before }
  const { given, refused } = await giveCredits(supabase, order, (users) => console.log(`${users} users …`))
  console.log(`${given} users got ${amount} credits now; those who had them under this key got none.`)
  if (refused > 0) console.log(`${refused} wallets could not take more. The audit log says which.`)
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
}
