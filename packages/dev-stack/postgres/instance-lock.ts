import { access, constants, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { identifyProcess } from './process-identity.ts'

const holderSchema = z.object({ pid: z.int().positive(), startedAt: z.string() })

/** Thrown when a live process already runs Postgres in a directory. */
export class AlreadyRunningError extends Error {
  readonly pid: number

  constructor(directory: string, pid: number) {
    super(`Process ${pid} is already running Postgres in ${directory}. Stop it first: kill ${pid}`)
    this.pid = pid
  }
}

/** The id of the live process that holds `directory`, if any. */
export async function findHolder(directory: string): Promise<number | undefined> {
  const text = await readFile(lockFile(directory), 'utf8').catch(() => '')
  const holder = holderSchema.safeParse(parseJson(text))
  if (!holder.success) return undefined
  const { pid, startedAt } = holder.data
  const identity = await identifyProcess(pid)
  return identity?.startedAt === startedAt ? pid : undefined
}

/**
 * Takes `directory` for this process until `release` is called or the process dies, however it dies.
 * @throws AlreadyRunningError when another live process, or this one, has it; with a sentence when it belongs
 * to another user.
 */
export async function takeLock(directory: string): Promise<{ release(): Promise<void> }> {
  const holder = await findHolder(directory)
  if (holder) throw new AlreadyRunningError(directory, holder)
  await access(directory, constants.W_OK).catch(() => {
    throw new Error(
      `${directory} belongs to another user, perhaps because it was first used as root. Run this as that user, or delete the folder as that user to start over.`,
    )
  })
  await rm(lockFile(directory), { force: true })
  const identity = await identifyProcess(process.pid)
  const content = JSON.stringify({ pid: process.pid, startedAt: identity?.startedAt ?? '' })
  try {
    await writeFile(lockFile(directory), content, { flag: 'wx' })
  } catch {
    throw new AlreadyRunningError(directory, (await findHolder(directory)) ?? process.pid)
  }
  return { release: () => rm(lockFile(directory), { force: true }) }
}

function lockFile(directory: string): string {
  return join(directory, 'instance.lock')
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
