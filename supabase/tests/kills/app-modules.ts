import { existsSync } from 'node:fs'
import { registerHooks } from 'node:module'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

// Lets plain Node.js import the server code of the app: `--import` this file.

const ROOT = join(import.meta.dirname, '../../..')
const EMPTY = pathToFileURL(join(ROOT, 'node_modules/server-only/empty.js')).href

function findFile(path: string): string | undefined {
  return [path, `${path}.ts`, join(path, 'index.ts')].find((file) => /\.\w+$/.test(file) && existsSync(file))
}

registerHooks({
  resolve(specifier, context, next) {
    if (specifier === 'server-only') return { url: EMPTY, shortCircuit: true }
    if (/^next\/\w+$/.test(specifier)) return next(`${specifier}.js`, context)
    const from = context.parentURL
    const path = specifier.startsWith('@/')
      ? join(ROOT, specifier.slice(2))
      : specifier.startsWith('.') && from && !from.includes('/node_modules/')
        ? fileURLToPath(new URL(specifier, from))
        : undefined
    const file = path && findFile(path)
    return file ? { url: pathToFileURL(file).href, shortCircuit: true } : next(specifier, context)
  },
})
