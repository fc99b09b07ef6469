import { PROJECT_DIRECTORY } from '../paths.ts'
import { listFiles } from './list-files.ts'
import { checkWords } from './words/check-words.ts'

/** Fails when a word that was retired comes back: see scripts/lint/words/retired.ts. */
const findings = checkWords(PROJECT_DIRECTORY, listFiles(PROJECT_DIRECTORY))
for (const { file, text, words, say } of findings)
  console.error(`${file}: "${text}" says "${words}"; say ${say}`)
console.log(`Words checked, ${findings.length} retired ones found.`)
if (findings.length > 0) process.exitCode = 1
