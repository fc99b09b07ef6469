import { EVERYBODY, type Reader } from '@/lib/format'

/** The cookie in which a browser tells its zone: the server cannot know it otherwise. */
export const TIME_ZONE_COOKIE = 'time-zone'

/** Longer than every name of a zone or language there is: what is longer is not looked at. */
const MAX_NAME_LENGTH = 64

/** The zone of that name, or null where there is none: whatever a cookie or a form says comes through here. */
export function parseTimeZone(name: string | null | undefined): string | null {
  if (!name || name.length > MAX_NAME_LENGTH) return null
  try {
    new Intl.DateTimeFormat('en-US', { timeZone: name })
    // As it was told: programs disagree on what the one name of a zone with several is.
    return name
  } catch {
    return null
  }
}

/** The first language of an Accept-Language header whose numbers are known here, else that of everybody. */
export function parseLocale(acceptLanguage: string | null): string {
  for (const part of (acceptLanguage ?? '').slice(0, 256).split(',')) {
    const tag = part.split(';')[0]?.trim() ?? ''
    if (tag.length === 0 || tag.length > MAX_NAME_LENGTH) continue
    try {
      const [locale] = Intl.NumberFormat.supportedLocalesOf([tag])
      if (locale) return locale
    } catch {
      // Not a language tag: `*`, or nonsense.
    }
  }
  return EVERYBODY.locale
}

/** How somebody reads, of what his account and browser say. His own choice of a zone wins. */
export function chooseReader(said: {
  chosenZone: string | null
  browserZone: string | null | undefined
  acceptLanguage: string | null
}): Reader {
  return {
    locale: parseLocale(said.acceptLanguage),
    timeZone: parseTimeZone(said.chosenZone) ?? parseTimeZone(said.browserZone) ?? EVERYBODY.timeZone,
  }
}
