import { existsSync } from 'node:fs'
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { catalogEntry, type ToolName, toolFiles } from './templates.ts'

const CATALOG = 'components/tools/catalog.ts'
const MARKER = '// npm run new:tool adds its entries above this line.'
const MAX_NAME_LENGTH = 40

/**
 * Writes the files of a new tool into the project at `root` and enters it in the catalog.
 * @returns the paths written, the catalog last
 * @throws with a sentence when the name cannot be used; then nothing is written
 */
export async function createTool(root: string, kebab: string): Promise<string[]> {
  const name = parseName(kebab)
  const files = toolFiles(name)
  const taken = Object.keys(files).find((path) => existsSync(join(root, path)))
  if (taken) throw new Error(`There is a ${taken} already. Choose another name, or delete that one first.`)
  const owner = await findToolById(root, kebab)
  if (owner) throw new Error(`"${kebab}" is the id of another tool, in ${owner}. Choose another name.`)
  const catalog = await readFile(join(root, CATALOG), 'utf8')
  if (!catalog.includes(MARKER)) throw new Error(`${CATALOG} has lost the line "${MARKER}".`)

  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(root, path)), { recursive: true })
    await writeFile(join(root, path), text)
  }
  await writeFile(join(root, CATALOG), catalog.replace(MARKER, `${catalogEntry(name)}${MARKER}`))
  return [...Object.keys(files), CATALOG]
}

async function findToolById(root: string, id: string): Promise<string | undefined> {
  for (const name of await readdir(join(root, 'lib/tools'))) {
    const path = `lib/tools/${name}`
    const isTool = /\.tsx?$/.test(name) && !name.includes('.test.')
    if (isTool && (await readFile(join(root, path), 'utf8')).includes(`id: '${id}',`)) return path
  }
  return undefined
}

function parseName(kebab: string): ToolName {
  if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(kebab) || kebab.length > MAX_NAME_LENGTH) {
    throw new Error(`"${kebab}" is no name for a tool: use lower-case words with dashes, as in word-count.`)
  }
  if (kebab === 'define') throw new Error('"define" would hide defineTool. Choose another name.')
  const pascal = kebab.replace(/(^|-)([a-z0-9])/g, (_, _dash, letter: string) => letter.toUpperCase())
  const title = kebab.replaceAll('-', ' ').replace(/^./, (letter) => letter.toUpperCase())
  return { kebab, tool: `${pascal.replace(/^./, (letter) => letter.toLowerCase())}Tool`, pascal, title }
}
