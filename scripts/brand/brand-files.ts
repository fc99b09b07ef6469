import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { brand, brandId } from '@/lib/brand'
import { toHtml } from '@/lib/mail/layout'
import { palette } from '@/lib/palette'
import { authMails } from './auth-mails'
import { drawIcon, toIco, toPng } from './icons'

type BrandFiles = Record<string, string | Buffer>

/**
 * All that carries the brand and cannot read `lib/brand.ts` itself, but for the layout of the mails, which comes first.
 * @returns contents by path from `root`
 */
export async function brandFiles(root: string): Promise<BrandFiles> {
  const icon = drawIcon(8)
  const read = (path: string) => readFile(join(root, path), 'utf8')
  return {
    'app/brand.css': toCss(),
    'public/icon.svg': icon,
    'public/favicon.ico': await toIco(icon),
    'public/apple-icon.png': await toPng(drawIcon(0), 180),
    'supabase/config.toml': setSubjects(await read('supabase/config.toml')),
    'package.json': setPackageName(await read('package.json')),
    'package-lock.json': setPackageName(await read('package-lock.json')),
    ...Object.fromEntries(
      Object.entries(authMails).map(([name, { recipient, ...content }]) => [
        `supabase/templates/${name}.html`,
        toHtml(content, recipient),
      ]),
    ),
  }
}

function toCss(): string {
  const { hue, strength, light, dark } = palette
  return `/* Written by \`npm run brand\` from lib/brand.ts. */
:root {
  --brand-hue: ${hue};
  /* How colorful the tints are: 1 for a vivid brand color, 0 for gray. */
  --brand-strength: ${strength};
  --brand-on-light: ${light.accent};
  --brand-on-dark: ${dark.accent};
}
`
}

function setSubjects(config: string): string {
  const named = config.replace(/^project_id = .*$/m, `project_id = ${JSON.stringify(brandId)}`)
  return Object.entries(authMails).reduce(
    (text, [name, { subject }]) =>
      text.replace(
        new RegExp(`^(\\[auth\\.email\\.template\\.${name}\\]\\nsubject = ).*$`, 'm'),
        (_, start: string) => `${start}${JSON.stringify(subject)}`,
      ),
    named,
  )
}

/** In package-lock.json the name stands twice: at the top, and for the package in the root. */
function setPackageName(json: string): string {
  const value = (field: string, text: string) => `"${field}": ${JSON.stringify(text)}`
  return json
    .replace(/^( {2})"name": ".*"/m, (_, indent: string) => indent + value('name', brandId))
    .replace(/^( {4}"": \{\n {6})"name": ".*"/m, (_, start: string) => start + value('name', brandId))
    .replace(
      /^( {2})"description": ".*"/m,
      (_, indent: string) => indent + value('description', brand.description),
    )
}
