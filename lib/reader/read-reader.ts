import 'server-only'
import { cookies, headers } from 'next/headers'
import { cache } from 'react'
import { readProfile } from '@/lib/account/read-profile'
import { getCurrentUser } from '@/lib/auth/session'
import { createFormat, type Format, type Reader } from '@/lib/format'
import { chooseReader, TIME_ZONE_COOKIE } from './reader-input'

/** How the person who asks for this page reads numbers and times. Once per request. */
export const readReader = cache(async (): Promise<Reader> => {
  const [jar, sent, user] = await Promise.all([cookies(), headers(), getCurrentUser()])
  const profile = user && (await readProfile(user.id))
  return chooseReader({
    chosenZone: profile?.timeZone ?? null,
    browserZone: jar.get(TIME_ZONE_COOKIE)?.value,
    acceptLanguage: sent.get('accept-language'),
  })
})

/** What writes for the person who asks for this page: `const { formatDate } = await readFormat()`. */
export const readFormat = cache(async (): Promise<Format> => createFormat(await readReader()))
