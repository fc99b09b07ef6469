import { readWallets } from '@/lib/account/read-wallets'
import { RefreshOnNewer } from './refresh-on-newer'

/** Renders the page's server parts again when a balance of the user changes, once a burst of changes has settled. */
export async function RefreshOnChange({ userId }: { userId: string }) {
  const wallets = await readWallets(userId)
  return (
    <RefreshOnNewer
      userId={userId}
      rendered={wallets.map(({ creditType, version }) => ({ creditType, version }))}
    />
  )
}
