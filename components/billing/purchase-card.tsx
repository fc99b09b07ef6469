import { CircleCheckIcon, CircleHelpIcon, CircleXIcon, CopyXIcon, Loader2Icon } from 'lucide-react'
import Link from 'next/link'
import type { ReactNode } from 'react'
import { Button } from '@/components/ui/button'
import type { Purchase } from '@/lib/payments/checkout/purchase'
import { readFormat } from '@/lib/reader/read-reader'
import { describeSuccess } from './describe-purchase'
import { PurchaseDetails, PurchaseFrame } from './purchase-frame'

type PurchaseCardProps = {
  purchase: Purchase | null
  /** Shown while the payment is undecided. */
  watcher: ReactNode
  /** Whether the buyer came back from a checkout that the database has not heard of yet. */
  expected: boolean
}

/** What the database says about a purchase: on its way, arrived, failed, or not there. */
export async function PurchaseCard({ purchase, watcher, expected }: PurchaseCardProps) {
  if (purchase?.state === 'succeeded') {
    const format = await readFormat()
    return (
      <PurchaseFrame
        icon={CircleCheckIcon}
        tone="text-primary"
        {...describeSuccess(format, purchase)}
        details={<PurchaseDetails purchase={purchase} />}
      >
        <Button asChild>
          <Link href="/dashboard">Go to the dashboard</Link>
        </Button>
        <Button asChild variant="outline">
          {purchase.plan ? (
            <Link href="/billing">See billing</Link>
          ) : (
            <Link href={{ pathname: '/transactions', query: { wallet: purchase.type.id } }}>
              See transactions
            </Link>
          )}
        </Button>
      </PurchaseFrame>
    )
  }
  if (purchase?.state === 'surplus') {
    return (
      <PurchaseFrame
        icon={CopyXIcon}
        tone="text-muted-foreground"
        title="You have a plan already"
        text="This second one is ended at once, and what it cost goes back to you. There is nothing to do."
        details={<PurchaseDetails purchase={purchase} />}
      >
        <Button asChild>
          <Link href="/billing">See billing</Link>
        </Button>
      </PurchaseFrame>
    )
  }
  if (purchase?.state === 'failed') {
    return (
      <PurchaseFrame
        icon={CircleXIcon}
        tone="text-destructive"
        title="The payment did not go through"
        text={`${purchase.failureReason ?? 'The payment was not completed.'} Nothing was charged, and your balance is as it was.`}
        details={<PurchaseDetails purchase={purchase} />}
      >
        <Button asChild>
          <Link href={purchase.plan ? '/buy-credits?show=plans' : '/buy-credits'}>Try another card</Link>
        </Button>
        <Button asChild variant="outline">
          <Link href="/dashboard">Go to the dashboard</Link>
        </Button>
      </PurchaseFrame>
    )
  }
  if (purchase || expected) {
    return (
      <PurchaseFrame
        icon={Loader2Icon}
        tone="animate-spin text-muted-foreground"
        title="Confirming your payment"
        text="We are waiting for the payment provider, which usually takes a few seconds. Once it is paid, your credits appear here and in the header automatically."
        details={purchase && <PurchaseDetails purchase={purchase} />}
      >
        {watcher}
      </PurchaseFrame>
    )
  }
  return (
    <PurchaseFrame
      icon={CircleHelpIcon}
      tone="text-muted-foreground"
      title="There is no recent payment"
      text="Nothing was bought with this account in the last 24 hours. Older purchases are among your transactions."
    >
      <Button asChild>
        <Link href="/buy-credits">Buy credits</Link>
      </Button>
      <Button asChild variant="outline">
        <Link href="/transactions">See transactions</Link>
      </Button>
    </PurchaseFrame>
  )
}
