#!/usr/bin/env node
import { mkdirSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { parseArgs } from 'node:util'
import { importUsers } from './import-users.ts'
import { INIT_USAGE, planInit } from './init.ts'

const IMPORT_USAGE = `credit-sdk import --from FILE --amount CREDITS
  FILE exports \`engine\`, a CreditsEngine, and \`listUserIds()\`, which gives the ids of your users. Each gets the credits
  once, with a ledger row; run it again as often as you like.`

// Without `await` at the top level, which CommonJS does not have.
void main(process.argv.slice(2)).then(
  (code) => {
    process.exitCode = code
  },
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : error)
    process.exitCode = 1
  },
)

async function main([command, ...args]: readonly string[]): Promise<number> {
  if (command === 'init') {
    const { folder, files } = planInit(args)
    mkdirSync(folder, { recursive: true })
    for (const { path, text } of files) {
      // What is there may have been edited.
      writeFileSync(join(folder, path), text, { flag: 'wx' })
      console.log(`${join(folder, path)} written`)
    }
    return 0
  }
  if (command === 'import') {
    const { values } = parseArgs({ args, options: { from: { type: 'string' }, amount: { type: 'string' } } })
    if (!values.from || !values.amount) throw new Error(IMPORT_USAGE)
    const { engine, listUserIds, close } = await import(pathToFileURL(resolve(values.from)).href)
    const { granted, skipped } = await importUsers(engine, await listUserIds(), Number(values.amount))
    await close?.()
    console.log(`${granted} users got ${values.amount} credits, ${skipped} had theirs already.`)
    return 0
  }
  console.error(`${INIT_USAGE}\n\n${IMPORT_USAGE}`)
  return 2
}
