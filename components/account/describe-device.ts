import Bowser from 'bowser'

const UNKNOWN = 'Unknown device'

/** A browser and its system in words, as "Firefox on Windows", from what it says of itself: a hint, not a proof. */
export function describeDevice(userAgent: string | null): string {
  if (!userAgent) return UNKNOWN
  const { browser, os } = Bowser.parse(userAgent)
  if (!browser.name) return UNKNOWN
  return os.name ? `${browser.name} on ${os.name}` : browser.name
}
