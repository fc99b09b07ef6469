import 'server-only'
import { createHash, randomInt } from 'node:crypto'
import { crc32 } from 'node:zlib'

const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'
const START = 'lb_'
const RANDOM_LENGTH = 32
const CHECKSUM_LENGTH = 6
const PREFIX_LENGTH = START.length + 7

const PATTERN = new RegExp(`^${START}([0-9A-Za-z]{${RANDOM_LENGTH}})([0-9A-Za-z]{${CHECKSUM_LENGTH}})$`)

/** A secret of an API key: shown once, kept as its hash. `prefix` is how it begins, for recognition. */
export type NewSecret = { secret: string; prefix: string; hash: string }

/** A new secret, `lb_…`, of 190 random bits and a checksum, by which scanners and we tell it from other text. */
export function createSecret(): NewSecret {
  const random = Array.from({ length: RANDOM_LENGTH }, () => ALPHABET[randomInt(ALPHABET.length)]).join('')
  const secret = `${START}${random}${checksum(random)}`
  return { secret, prefix: secret.slice(0, PREFIX_LENGTH), hash: hashSecret(secret) }
}

/** What the database keeps of a secret. It is random enough that no salt is needed. */
export function hashSecret(secret: string): string {
  return createHash('sha256').update(secret).digest('hex')
}

/** Whether a text can be a secret of ours: what cannot is refused without asking the database. */
export function isSecret(text: string): boolean {
  const [, random, sum] = PATTERN.exec(text) ?? []
  return random !== undefined && sum === checksum(random)
}

function checksum(random: string): string {
  let rest = crc32(random)
  let digits = ''
  for (let index = 0; index < CHECKSUM_LENGTH; index++) {
    digits = `${ALPHABET[rest % ALPHABET.length]}${digits}`
    rest = Math.floor(rest / ALPHABET.length)
  }
  return digits
}
