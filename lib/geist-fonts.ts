import 'server-only'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { cache } from 'react'

const FOLDER = 'node_modules/geist/dist/fonts/geist-sans'

/** Geist for pictures drawn on the server, in the two weights they use. */
export const geistFonts = cache(async () => {
  const regular = await readFile(join(process.cwd(), FOLDER, 'Geist-Regular.ttf'))
  const semibold = await readFile(join(process.cwd(), FOLDER, 'Geist-SemiBold.ttf'))
  return [
    { name: 'Geist', data: regular, weight: 400 as const },
    { name: 'Geist', data: semibold, weight: 600 as const },
  ]
})
