import { HeaderBalance } from '@/components/layout/header-balance'
import { UserMenu } from '@/components/layout/user-menu'

type HeaderUserProps = {
  user: { id: string; email?: string; name?: string }
  /** What is shown until the live balance is there; nothing is needed below a `CreditBalanceProvider`. */
  initialCreditBalance?: number
}

/** The end of the header: the live balance, and beside it the menu of the person it belongs to. */
export function HeaderUser({ user, initialCreditBalance }: HeaderUserProps) {
  return (
    <div className="ml-auto flex items-center gap-2 sm:gap-3">
      <HeaderBalance userId={user.id} initial={initialCreditBalance} />
      <UserMenu email={user.email ?? ''} name={user.name ?? ''} />
    </div>
  )
}
