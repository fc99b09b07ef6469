import type { TestProject } from 'vitest/node'
import { type DatabaseUrls, startTestServer } from '../../packages/dev-stack/testing.ts'
import { MIGRATIONS_DIRECTORY, PROJECT_DIRECTORY } from '../../scripts/paths.ts'
import { TEST_SEEDS } from './test-project.ts'

declare module 'vitest' {
  interface ProvidedContext {
    testServer: DatabaseUrls
    projectDirectory: string
  }
}

/** One Postgres for all database tests; each file works on a copy of its migrated and seeded database. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const { stop, ...urls } = await startTestServer({ migrations: MIGRATIONS_DIRECTORY, seeds: TEST_SEEDS })
  project.provide('testServer', urls)
  project.provide('projectDirectory', PROJECT_DIRECTORY)
  return stop
}
