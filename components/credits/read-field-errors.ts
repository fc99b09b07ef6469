import { z } from 'zod'
import type { FieldMessages } from '@/components/ui/field'
import { ApiCallError } from '@/lib/http/api-client'

const refused = z.array(z.object({ path: z.string(), message: z.string() }))

/** What a refusal says of each field, by its name; nothing for any other failure. */
export function readFieldErrors(error: unknown): FieldMessages {
  if (!(error instanceof ApiCallError)) return {}
  const fields = refused.safeParse(error.details.fields)
  if (!fields.success) return {}
  const messages: FieldMessages = {}
  // Of a list, as `images.0`, the field is the list; the first fault of a field is told.
  for (const { path, message } of fields.data) messages[path.split('.')[0] ?? ''] ??= message
  return messages
}
