import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { getAuthSchemaSql } from '@supabase/lite'
import postgres from 'postgres'

/**
 * Creates what migrations expect of Auth: `auth.users` and its neighbours, and the functions that policies call.
 * Safe to run again. @throws the first error of the database: none is swallowed.
 */
export async function prepareAuthSchema(apiUrl: string): Promise<void> {
  const sql = postgres(apiUrl, { max: 1, onnotice: () => {} })
  try {
    const functions = await readFile(join(import.meta.dirname, 'auth-schema.sql'), 'utf8')
    await sql.begin(async (transaction) => {
      await transaction.unsafe(getAuthSchemaSql(false))
      await transaction.unsafe(functions)
    })
  } finally {
    await sql.end()
  }
}
