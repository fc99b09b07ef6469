import { notFound } from 'next/navigation'
import { z } from 'zod'
import { readPayment } from '@/lib/admin/read-payment'

/** Which payment it is; not found where there is none. */
export async function findPayment(params: PageProps<'/admin/payments/[id]'>['params']) {
  const id = z.uuid().safeParse((await params).id)
  const details = id.success ? await readPayment(id.data) : null
  if (!details) notFound()
  return details
}
