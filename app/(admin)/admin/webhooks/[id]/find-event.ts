import { notFound } from 'next/navigation'
import { readEvent } from '@/lib/admin/read-event'
import { isStorable } from '@/lib/http/postgres-text'

/** The parameter as it was before it went into the address; null when it never was one. */
function decode(parameter: string): string | null {
  try {
    const id = decodeURIComponent(parameter)
    return isStorable(id) ? id : null
  } catch {
    return null
  }
}

/** Which event it is; not found where there is none. */
export async function findEvent(params: PageProps<'/admin/webhooks/[id]'>['params']) {
  const id = decode((await params).id)
  const details = id === null ? null : await readEvent(id)
  if (!details) notFound()
  return details
}
