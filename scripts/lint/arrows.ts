import { PROJECT_DIRECTORY } from '../paths.ts'
import { checkArrows } from './arrows/check-arrows.ts'
import { listCodeFiles } from './list-files.ts'

/** Fails when a file imports what its module may not, or when not every file that git lists was read. */
const files = listCodeFiles(PROJECT_DIRECTORY)
const problems = checkArrows(PROJECT_DIRECTORY, files)
for (const problem of problems) console.error(problem)
console.log(`Imports of ${files.length} files checked, ${problems.length} problems.`)
if (problems.length > 0 || files.length === 0) process.exitCode = 1
