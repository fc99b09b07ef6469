import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { PROJECT_DIRECTORY } from '../paths.ts'
import { listCodeFiles } from './list-files.ts'
import { findFragileText } from './translation/find-fragile-text.ts'

/** Fails when a component would crash on a page that a browser translates. */
const files = listCodeFiles(PROJECT_DIRECTORY).filter((file) => /(?<!\.test)\.[jt]sx$/.test(file))
const problems = files.flatMap((file) =>
  findFragileText(file, readFileSync(join(PROJECT_DIRECTORY, file), 'utf8')).map((line) => `${file}:${line}`),
)
for (const place of problems)
  console.error(`${place}: text beside a child that comes and goes; put the text into an element of its own`)
console.log(`${files.length} files of components read for translated pages, ${problems.length} problems.`)
if (problems.length > 0 || files.length === 0) process.exitCode = 1
