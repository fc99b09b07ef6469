import { randomBytes } from 'node:crypto'

/** `newId('pay')` → `pay_` and 22 characters nobody can guess. */
export function newId(prefix: string): string {
  return `${prefix}_${randomBytes(16).toString('base64url').replaceAll(/[-_]/g, '0')}`
}
