import { exportAccount } from '@/lib/account/export-account'
import { refuseMethods } from '@/lib/http/refuse-methods'
import { noInput, userRoute } from '@/lib/http/routes'

/** All that is stored about the caller, as a JSON file. */
export const GET = userRoute(
  noInput,
  async ({ user }) => {
    const data = JSON.stringify(await exportAccount(user), null, 2)
    return new Response(data, {
      headers: {
        'content-type': 'application/json',
        'content-disposition': 'attachment; filename="my-data.json"',
        'cache-control': 'private, no-store',
      },
    })
  },
  { rate: 'export_account' },
)

export const { DELETE, OPTIONS, PATCH, POST, PUT } = refuseMethods('GET')
