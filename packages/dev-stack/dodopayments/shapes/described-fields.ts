import { readFile } from 'node:fs/promises'

/**
 * The fields that an SDK describes for an object, and those that are always there.
 * @param resources the folder of its types
 */
export async function readDescribedFields(
  resources: URL,
  file: string,
  name: string,
): Promise<{ all: Set<string>; required: string[] }> {
  const text = await readFile(new URL(`${file}.d.ts`, resources), 'utf8')
  const code = text.replaceAll(/\/\*[\s\S]*?\*\//g, '')
  const start = code.search(new RegExp(`\\binterface ${name}\\b[^{]*\\{`))
  if (start < 0) throw new Error(`The SDK describes no ${name} in ${file}.`)
  const fields = new Map<string, boolean>()
  let depth = 0
  for (const line of code.slice(code.indexOf('{', start)).split('\n')) {
    const field = depth === 1 && /^\s*(\w+)(\?)?:/.exec(line)
    if (field) fields.set(field[1] ?? '', field[2] === undefined)
    depth += (line.match(/\{/g)?.length ?? 0) - (line.match(/\}/g)?.length ?? 0)
    if (depth === 0) break
  }
  const required = [...fields].filter(([, always]) => always).map(([field]) => field)
  return { all: new Set(fields.keys()), required }
}
