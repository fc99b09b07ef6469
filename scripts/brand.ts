import { runnerImport } from 'vite'
import { writeFiles } from './brand/write-files.ts'
import { PROJECT_DIRECTORY as root } from './paths.ts'

/** Node loads neither .tsx nor `@/…`, so Vite bundles what draws the brand. */
async function load<Module>(path: string): Promise<Module> {
  const { module } = await runnerImport<Module>(`${root}/scripts/brand/${path}`, {
    root,
    configFile: false,
    logLevel: 'warn',
    resolve: { alias: { '@': root } },
  })
  return module
}

const { renderMailLayout } = await load<typeof import('./brand/mail-layout.tsx')>('mail-layout.tsx')
const layout = `${JSON.stringify(await renderMailLayout(), null, 2)}\n`
const written = await writeFiles(root, { 'lib/mail/layout.json': layout })

// After the layout, as the mails are made with it.
const { brandFiles } = await load<typeof import('./brand/brand-files.ts')>('brand-files.ts')
written.push(...(await writeFiles(root, await brandFiles(root))))
console.log(written.length > 0 ? `Wrote ${written.join(', ')}.` : 'Everything carries the brand already.')
