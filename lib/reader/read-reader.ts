import 'server-only'
import { cookies, headers } from 'next/headers'
import { cache } from 'react'
import { createFormat, type Format, type Reader } from '@/lib/format'
import { chooseReader, TIME_ZONE_COOKIE } from './reader-input'

/** How the person who asks for this page reads numbers and times. Once per request. */
export const readReader = cache(async (): Promise<Reader> => {
  const [jar, sent] = await Promise.all([cookies(), headers()])
  return chooseReader({
    chosenZone: null,
    browserZone: jar.get(TIME_ZONE_COOKIE)?.value,
    acceptLanguage: sent.get('accept-language'),
  })
})

/** What writes for the person who asks for this page: `const { formatDate } = await readFormat()`. */
export const readFormat = cache(async (): Promise<Format> => createFormat(await readReader()))
