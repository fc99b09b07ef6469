import type { TestProject } from 'vitest/node'
import { type DatabaseUrls, startTestServer } from '../../packages/dev-stack/testing.ts'

declare module 'vitest' {
  interface ProvidedContext {
    testServer: DatabaseUrls
  }
}

/** One Postgres for all database tests; each file works on a copy of its migrated and seeded database. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const { stop, ...urls } = await startTestServer()
  project.provide('testServer', urls)
  return stop
}
