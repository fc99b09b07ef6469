import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { PROJECT_DIRECTORY } from './paths.ts'
import { takeAnimation } from './shots/animation.ts' // #only text-generation
import { openDemoApp } from './shots/app.ts'
import { takeReadmePictures } from './shots/readme.ts'
import { SCENES } from './shots/scenes.ts'
import { makeSheets } from './shots/sheets.ts'
import { THEMES, takeShots, WIDTHS } from './shots/take.ts'
import { startBrowser } from './shots/visit.ts'

const SHOTS_DIRECTORY = join(PROJECT_DIRECTORY, 'shots')
const PICTURES_DIRECTORY = join(PROJECT_DIRECTORY, 'docs/pictures')

const USAGE = `npm run shots                                     every page and state, into shots/
npm run shots -- dashboard billing                those whose names contain one of these
npm run shots -- --width 320,1440 --theme dark    at some widths, in one theme
npm run shots -- --list                           the names
npm run shots -- readme                           the pictures of the README
npm run shots -- animation                        its two tabs that count`

/** `npm run shots`: pictures of the production build with the data of `npm run demo`. */
try {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      width: { type: 'string' },
      theme: { type: 'string' },
      list: { type: 'boolean' },
      help: { type: 'boolean' },
    },
  })
  const scenes = SCENES.filter(
    ({ name }) => positionals.length === 0 || positionals.some((part) => name.includes(part)),
  )
  const widths = values.width ? values.width.split(',').map(Number) : WIDTHS
  const themes = THEMES.filter((theme) => !values.theme || values.theme === theme)
  const isSpecial = positionals.some((name) => name === 'readme' || name === 'animation')
  if (values.help || widths.some((width) => !(width > 0)) || themes.length === 0) throw new Error(USAGE)
  if (values.list) console.log(scenes.map(({ name }) => name).join('\n'))
  else if (!isSpecial && scenes.length === 0) throw new Error(`No name contains that.\n\n${USAGE}`)
  else await take()

  async function take(): Promise<void> {
    await using undo = new AsyncDisposableStack()
    const app = await openDemoApp()
    undo.defer(app.stop)
    const browser = await startBrowser()
    undo.defer(() => browser.close())
    if (positionals.includes('readme')) {
      await takeReadmePictures(browser, app.url, { scenes: SCENES, directory: PICTURES_DIRECTORY })
    }
    // #region text-generation
    if (positionals.includes('animation')) {
      await takeAnimation(browser, app.url, join(PICTURES_DIRECTORY, 'two-tabs.webp'))
    }
    // #endregion
    if (isSpecial) return
    if (positionals.length === 0) await rm(SHOTS_DIRECTORY, { recursive: true, force: true })
    const order = { scenes, widths, themes, directory: SHOTS_DIRECTORY }
    const faults = await takeShots(browser, app.url, order)
    for (const theme of themes) {
      for (const width of widths) {
        const folder = join(SHOTS_DIRECTORY, theme, String(width))
        await makeSheets(folder, width, join(SHOTS_DIRECTORY, `${theme}-${width}`))
      }
    }
    console.log(`${scenes.length} scenes, ${widths.length} widths, ${themes.length} themes: see shots/.`)
    for (const { name, width, fault } of faults) console.error(`${name} at ${width}: ${fault}`)
    if (faults.length > 0) process.exitCode = 1
  }
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
}
process.exit()
