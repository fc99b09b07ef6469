import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'

/**
 * Writes the files of the brand that are not as they should be.
 * @returns their paths, from `root`
 */
export async function writeFiles(root: string, files: Record<string, string | Buffer>): Promise<string[]> {
  const written: string[] = []
  for (const [path, content] of Object.entries(files)) {
    const file = join(root, path)
    const before = await readFile(file).catch(() => undefined)
    if (before?.equals(Buffer.from(content))) continue
    await mkdir(dirname(file), { recursive: true })
    await writeFile(file, content)
    written.push(path)
  }
  return written
}
