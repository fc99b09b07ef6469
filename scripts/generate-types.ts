import { capture } from './capture.ts'

/**
 * The TypeScript of a database's public schema, as `lib/supabase/database.types.ts` holds it.
 * @throws with the generator's own words when it fails
 */
export async function generateTypes(databaseUrl: string): Promise<string> {
  const source = await capture('supabase', ['gen', 'types', '--schema', 'public', `--remote=${databaseUrl}`])
  // The name only tells the language: Biome leaves generated files alone under their own.
  return await capture('biome', ['format', '--stdin-file-path=lib/supabase/generated.ts'], source)
}
