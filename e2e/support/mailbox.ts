import { expect } from '@playwright/test'
import { brand } from '../../lib/brand.ts'
import { stackEnv } from './environment.ts'

/** Comes with every account, some seconds after it: tests look for what else there is. */
const WELCOME = `Welcome to ${brand.name}`

type Summary = { ID: string; Subject: string }

/** Reads what the stack mailed, through Mailpit's API. */
export const mailbox = {
  /** The subjects of all mails to an address, newest first. */
  async subjects(to: string): Promise<string[]> {
    return (await search(to)).map((mail) => mail.Subject)
  },

  /** The plain text of all mails to an address, newest first. */
  async texts(to: string): Promise<string[]> {
    const mails = await search(to)
    return await Promise.all(
      mails.map(async ({ ID }) => (await read<{ Text: string }>(`/api/v1/message/${ID}`)).Text),
    )
  },

  /** Waits for the `count`th mail to an address and returns the app's link in the newest one. */
  async link(to: string, count = 1): Promise<string> {
    await expect.poll(async () => (await search(to)).length, `mails to ${to}`).toBe(count)
    const [newest] = await search(to)
    const { HTML } = await read<{ HTML: string }>(`/api/v1/message/${newest?.ID}`)
    const [, href] = /href="([^"]*\/auth\/confirm[^"]*)"/.exec(HTML) ?? []
    if (!href) throw new Error(`The mail to ${to} holds no link of the app:\n${HTML}`)
    return href.replaceAll('&amp;', '&')
  },
}

async function search(to: string): Promise<Summary[]> {
  const query = new URLSearchParams({ query: `to:"${to}"` })
  const { messages } = await read<{ messages: Summary[] }>(`/api/v1/search?${query}`)
  return messages.filter(({ Subject }) => Subject !== WELCOME)
}

async function read<Result>(path: string): Promise<Result> {
  const response = await fetch(`${stackEnv('MAILBOX_URL')}${path}`)
  if (!response.ok) throw new Error(`The mailbox answered ${response.status} to ${path}.`)
  return response.json()
}
