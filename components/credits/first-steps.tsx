import { CheckIcon } from 'lucide-react'
import type { Route } from 'next'
import { AccountLink } from '@/components/layout/account-link'
import { Card, CardHeader, CardTitle } from '@/components/ui/card'
import type { Wallet } from '@/lib/account/read-wallets'
import type { CreditType } from '@/lib/credit-type'
import { readFormat } from '@/lib/reader/read-reader'
import { cn } from '@/lib/utils'

type Step = { title: string; text: string; href: Route | '/dashboard#tools-title'; done: boolean }

/** What to do in a new account, in three steps; the first is done once there are credits. */
export async function FirstSteps({ wallet, type }: { wallet: Wallet; type: CreditType }) {
  const { countCredits } = await readFormat()
  const funded = wallet.balance > 0
  const steps: Step[] = [
    {
      title: funded ? `${countCredits(wallet.balance, type)} are yours` : `Get ${type.unitPlural}`,
      text: funded ? 'See where they came from.' : 'Every change of your balance is listed.',
      href: '/transactions',
      done: funded,
    },
    {
      title: 'Run a tool',
      text: 'Its price is on the button. A run that fails costs nothing.',
      href: '/dashboard#tools-title',
      done: false,
    },
    {
      title: 'Find its result again',
      text: 'Every run is kept with its result and what it cost.',
      href: '/runs',
      done: false,
    },
  ]
  return (
    <Card className="gap-3 pb-2">
      <CardHeader>
        <CardTitle>First steps</CardTitle>
      </CardHeader>
      <ol className="grid sm:grid-cols-3">
        {steps.map(({ title, text, href, done }, index) => (
          <li key={href}>
            <AccountLink
              href={href}
              className="group flex h-full gap-3 px-5 py-3 focus-visible:-outline-offset-2"
            >
              <span
                className={cn(
                  'flex size-6 shrink-0 items-center justify-center rounded-full border font-medium text-xs',
                  done && 'border-transparent bg-primary text-primary-foreground',
                )}
              >
                {done ? (
                  <CheckIcon role="img" aria-label="Done" className="size-3.5" />
                ) : (
                  <span>{index + 1}</span>
                )}
              </span>
              <span className="grid content-start gap-0.5">
                <span className="font-medium text-sm underline-offset-4 group-hover:underline">{title}</span>
                <span className="text-muted-foreground text-sm">{text}</span>
              </span>
            </AccountLink>
          </li>
        ))}
      </ol>
    </Card>
  )
}
