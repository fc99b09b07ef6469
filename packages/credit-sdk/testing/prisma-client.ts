import { execFile } from 'node:child_process'
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { promisify } from 'node:util'
import type { PrismaClientLike } from '../src/adapters/prisma/index.ts'

const PACKAGE = join(import.meta.dirname, '..')

export type PrismaProvider = 'postgresql' | 'mysql' | 'sqlite' | 'cockroachdb' | 'sqlserver' | 'mongodb'
export type GeneratedClient = PrismaClientLike & { $disconnect(): Promise<void> }

/** The folder of a provider's schema and migrations. */
export function prismaFolder(provider: PrismaProvider): string {
  return provider === 'postgresql' ? join(PACKAGE, 'prisma') : join(PACKAGE, 'prisma', provider)
}

/** The schema of a provider as the package has it. */
export function readPrismaSchema(provider: PrismaProvider): string {
  return readFileSync(join(prismaFolder(provider), 'schema.prisma'), 'utf8')
}

/**
 * Generates a client into an ignored folder of this name. Two test files, which may run at once, must not share one.
 * @returns the file that exports the client
 */
export async function generatePrismaClient(name: string, schema: string): Promise<string> {
  const folder = join(PACKAGE, '.local/prisma', name)
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'schema.prisma'), schema.replace(/output {3}= ".*"/, 'output   = "./client"'))
  await runPrismaGenerate(folder)
  return join(folder, 'client/client.ts')
}

/**
 * Runs `prisma generate` on the schema in a folder, offline: the schema engine, which Prisma would download, has nothing
 * to do there, so any program that can be executed stands in for it.
 */
export async function runPrismaGenerate(folder: string): Promise<void> {
  const engines = join(PACKAGE, '.local/prisma-engines')
  mkdirSync(engines, { recursive: true })
  const engine = join(engines, basename(folder))
  writeFileSync(engine, '#!/bin/sh\n')
  chmodSync(engine, 0o755)
  const prisma = join(PACKAGE, '../../node_modules/.bin/prisma')
  const env = { ...process.env, PRISMA_SCHEMA_ENGINE_BINARY: engine, PRISMA_HIDE_UPDATE_MESSAGE: '1' }
  await promisify(execFile)(prisma, ['generate', '--schema', 'schema.prisma'], { cwd: folder, env })
}

/** A client over a driver adapter. */
export async function createPrismaClient(
  name: string,
  schema: string,
  adapter: unknown,
): Promise<GeneratedClient> {
  const { PrismaClient } = await import(await generatePrismaClient(name, schema))
  return new PrismaClient({ adapter })
}
