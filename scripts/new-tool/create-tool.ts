import { existsSync } from 'node:fs'
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { KINDS } from './kinds/index.ts'
import { type ToolName, toolFiles } from './templates.ts'

const MAX_NAME_LENGTH = 40

/**
 * Writes the folder of a new tool of a kind into the project at `root`.
 * @returns the paths written
 * @throws with a sentence when the name cannot be used; then nothing is written
 */
export async function createTool(root: string, kebab: string, kind = 'form'): Promise<string[]> {
  const name = parseName(kebab)
  const made = Object.hasOwn(KINDS, kind) ? KINDS[kind] : undefined
  if (!made) throw new Error(`There is no kind "${kind}": choose ${Object.keys(KINDS).join(', ')}.`)
  const files = toolFiles(name, made.files(name))
  if (existsSync(join(root, 'tools', kebab))) {
    throw new Error(`There is a tools/${kebab} already. Choose another name, or delete that one first.`)
  }
  const owner = await findToolById(root, kebab)
  if (owner) throw new Error(`"${kebab}" is the id of another tool, in ${owner}. Choose another name.`)

  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(root, path)), { recursive: true })
    await writeFile(join(root, path), text)
  }
  return Object.keys(files)
}

async function findToolById(root: string, id: string): Promise<string | undefined> {
  for (const path of await readdir(join(root, 'tools'), { recursive: true })) {
    const isTool = /\/tool\.tsx?$/.test(path.replaceAll('\\', '/'))
    if (isTool && (await readFile(join(root, 'tools', path), 'utf8')).includes(`id: '${id}',`)) {
      return `tools/${path}`
    }
  }
  return undefined
}

function parseName(kebab: string): ToolName {
  if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(kebab) || kebab.length > MAX_NAME_LENGTH) {
    throw new Error(`"${kebab}" is no name for a tool: use lower-case words with dashes, as in word-count.`)
  }
  const camel = kebab.replace(/-([a-z0-9])/g, (_, letter: string) => letter.toUpperCase())
  const title = kebab.replaceAll('-', ' ').replace(/^./, (letter) => letter.toUpperCase())
  return { kebab, tool: `${camel}Tool`, title }
}
