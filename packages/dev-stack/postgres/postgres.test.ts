import { readFile, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import postgres from 'postgres'
import { afterEach, beforeAll, expect, onTestFinished, test } from 'vitest'
import { makeTemporaryDirectory } from '../temporary-directory.ts'
import { type Postgres, startPostgres, stopLeftover } from './index.ts'
import { spawnHolder } from './testing.ts'

// One data directory goes through everything a directory goes through; each test leaves it stopped.
let directory: string

beforeAll(async () => {
  const temporary = await makeTemporaryDirectory()
  directory = temporary.path
  const server = await startPostgres({ directory, port: 0 })
  await query(server.ownerUrl, 'create table public.notes (text text); insert into notes values ($$kept$$)')
  await server.stop()
  return temporary.remove
})

afterEach(() => stopLeftover(directory))

async function start(port = 0): Promise<Postgres> {
  const server = await startPostgres({ directory, port })
  onTestFinished(server.stop)
  return server
}

async function query(url: string, text: string) {
  const sql = postgres(url, { max: 1 })
  return await sql.unsafe(text).finally(() => sql.end())
}

const readNotes = (server: Postgres) => query(server.ownerUrl, 'select text from public.notes')

async function readServerPid(): Promise<number> {
  return Number.parseInt(await readFile(join(directory, 'data/postmaster.pid'), 'utf8'), 10)
}

test('data survives a restart', async () => {
  expect(await readNotes(await start())).toEqual([{ text: 'kept' }])
})

test('data survives a kill -9 of the server', async () => {
  const server = await startPostgres({ directory, port: 0 })
  process.kill(await readServerPid(), 'SIGKILL')
  await server.stop()
  expect(await readNotes(await start())).toEqual([{ text: 'kept' }])
})

test('a server that is killed is told of, once, with what to do; one that is stopped is not', async () => {
  const told: string[] = []
  const tell = (sentence: string) => told.push(sentence)
  const server = await startPostgres({ directory, port: 0, onKilled: tell })
  onTestFinished(server.stop)
  expect(server.isGone()).toBe(false)
  const pid = await readServerPid()
  process.kill(pid, 'SIGKILL')
  await expect.poll(() => told).toHaveLength(1)
  expect(server.isGone()).toBe(true)
  expect(told).toEqual([
    expect.stringMatching(new RegExp(`Postgres was killed \\(process ${pid}\\).*Ctrl\\+C`)),
  ])
  await server.stop()
  const next = await startPostgres({ directory, port: 0, onKilled: tell })
  await next.stop()
  expect(next.isGone()).toBe(false)
  expect(told).toHaveLength(1)
})

test('the server of a killed process is stopped at the next start', async () => {
  const holder = await spawnHolder(directory)
  const orphan = await readServerPid()
  await holder.kill()
  expect(await readNotes(await start())).toEqual([{ text: 'kept' }])
  expect(await readServerPid()).not.toBe(orphan)
})

test('a directory in use is refused, by the id of who uses it', async () => {
  const holder = await spawnHolder(directory)
  await expect(startPostgres({ directory, port: 0 })).rejects.toThrow(
    `Process ${holder.pid} is already running`,
  )
  await holder.kill()
})

test('a pid file that names a process of somebody else keeps nobody away', async () => {
  const holder = await spawnHolder(directory)
  const server = await readServerPid()
  await holder.kill()
  const file = join(directory, 'data/postmaster.pid')
  const stale = await readFile(file, 'utf8')
  process.kill(server, 'SIGKILL')
  await writeFile(file, stale.replace(String(server), String(process.pid)))
  expect(await readNotes(await start())).toEqual([{ text: 'kept' }])
})

test('a port in use is passed over', async () => {
  const other = createServer()
  const port = await new Promise<number>((resolve) => {
    other.listen(0, '127.0.0.1', () => {
      const address = other.address()
      resolve(typeof address === 'object' && address ? address.port : 0)
    })
  })
  onTestFinished(() => void other.close())
  const server = await start(port)
  expect(server.port).toBeGreaterThan(port)
  expect(await readNotes(server)).toEqual([{ text: 'kept' }])
})
