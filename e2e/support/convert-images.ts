import type { BrowserContext } from '@playwright/test'
import sharp from 'sharp'
import { stackEnv } from './environment.ts'
import { cookieHeader } from './session-cookie.ts'

/** Pixels across: quickly sent, being of one color, and slow to convert to AVIF. */
const SIDE = 3_000

type Request = {
  files: Blob[]
  format?: 'avif' | 'webp' | 'png'
  key?: string
  /** The app to ask, if it is not the one all tests share. */
  app?: string
  /** Abandons the request. */
  signal?: AbortSignal
}

/** A picture that takes a good part of a second to convert, and longer the more pixels it is wide. */
export async function slowImage(side = SIDE): Promise<File> {
  const create = { width: side, height: side, channels: 3, background: '#335577' } as const
  return new File([new Uint8Array(await sharp({ create }).png().toBuffer())], 'slow.png')
}

/** Asks for images to be converted, with the session of a browser. Rejects when the connection breaks. */
export async function convertImages(context: BrowserContext, request: Request): Promise<Response> {
  const { files, format = 'avif', key, app = stackEnv('APP_URL'), signal } = request
  const body = new FormData()
  for (const file of files) body.append('images', file)
  body.set('format', format)
  const cookie = await cookieHeader(context, app)
  return fetch(`${app}/api/tools/image-converter`, {
    method: 'POST',
    body,
    signal,
    headers: { cookie, origin: app, ...(key && { 'idempotency-key': key }) },
  })
}
