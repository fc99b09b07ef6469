import { z } from 'zod'
import { toSlug } from '../slug.ts'

/** The id of a package, as a request may name one. */
export const packageId = z.string().regex(/^[a-z][a-z0-9_-]{0,39}$/, 'is not the id of a package')

/** The id of a package by its name: `Starter Pack (100)` is `starter-pack-100`. Empty where a name has no letter for one. */
export function packageIdFrom(name: string): string {
  return toSlug(name)
    .replace(/^[^a-z]+/, '')
    .slice(0, 40)
    .replace(/-+$/, '')
}
