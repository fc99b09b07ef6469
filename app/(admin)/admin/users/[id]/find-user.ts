import { notFound } from 'next/navigation'
import { z } from 'zod'
import { readAccount } from '@/lib/admin/read-account'

/** Whose page it is; not found where there is nobody. */
export async function findUser(params: PageProps<'/admin/users/[id]'>['params']) {
  const id = z.uuid().safeParse((await params).id)
  const user = id.success ? await readAccount(id.data) : null
  if (!user) notFound()
  return user
}
