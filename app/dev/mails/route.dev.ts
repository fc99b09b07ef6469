import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { previewMails } from '@/lib/mail/preview-mails'

const TEMPLATES = join(process.cwd(), 'supabase/templates')

/** Every mail there is. In development alone: `next.config.ts` leaves `*.dev.ts` out of a production build. */
export async function GET(request: Request): Promise<Response> {
  const names = await readdir(TEMPLATES)
  const templates = await Promise.all(
    names.map(async (name) => [name, await readFile(join(TEMPLATES, name), 'utf8')] as const),
  )
  const page = previewMails(new URL(request.url).origin, Object.fromEntries(templates))
  return new Response(page, { headers: { 'content-type': 'text/html; charset=utf-8' } })
}
