import type { Page } from '@playwright/test'
import { stackEnv } from './environment.ts'

/** What a route of the app answered; an object without fields when it was no JSON. */
export type ApiAnswer = { status: number; headers: Record<string, string>; body: Record<string, unknown> }

/**
 * Calls a route of the app with the session of a browser, as a page of the app would; `data` makes it a POST. Bytes are
 * sent as they are, anything else as JSON.
 */
export async function callApi(
  page: Page,
  path: string,
  data?: object,
  headers: Record<string, string> = {},
): Promise<ApiAnswer> {
  const response = await page.request.fetch(path, {
    method: data ? 'POST' : 'GET',
    headers: { origin: stackEnv('APP_URL'), ...(data && { 'content-type': 'application/json' }), ...headers },
    ...(data && { data }),
  })
  const isJson = response.headers()['content-type']?.includes('application/json')
  return { status: response.status(), headers: response.headers(), body: isJson ? await response.json() : {} }
}
