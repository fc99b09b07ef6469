'use client'

import { useReducer } from 'react'
import { CountingCredits } from '@/components/credits/counting-credits'
import { buttonVariants } from '@/components/ui/button-variants'
import { countCredits, formatSignedCredits } from '@/lib/format'
import { demo } from '../content'
import { DemoLedgerTable } from './demo-ledger-table'
import { DemoTab } from './demo-tab'
import { balanceOf, type DemoAction, post } from './ledger'

type LiveDemoProps = {
  /** What happened before the visitor came: the welcome bonus, a charge or two. Oldest first. */
  history: readonly DemoAction[]
  actions: readonly DemoAction[]
}

/** The product in miniature: press a button, and the ledger and the balance in both tabs follow. */
export function LiveDemo({ history, actions }: LiveDemoProps) {
  const [ledger, act] = useReducer(post, history, (past) => past.reduce(post, []))
  const balance = balanceOf(ledger)
  return (
    <div className="relative pb-[5.75rem] sm:pr-10">
      <DemoTab title={demo.tab} balance={<CountingCredits value={balance} />}>
        <div className="flex flex-wrap gap-2 border-b p-4">
          {actions.map((action) => (
            <button
              key={action.id}
              type="button"
              className={buttonVariants({ size: 'sm', variant: 'outline' })}
              disabled={balance + action.amount < 0}
              onClick={() => act(action)}
            >
              {action.label}
              <span className="figures text-muted-foreground">{formatSignedCredits(action.amount)}</span>
            </button>
          ))}
        </div>
        <DemoLedgerTable ledger={ledger} />
      </DemoTab>
      <DemoTab
        title={demo.otherTab}
        balance={<CountingCredits value={balance} />}
        className="absolute right-0 bottom-0 w-64 shadow-xl"
      >
        <p className="p-4 text-muted-foreground text-xs">{demo.otherTabText}</p>
      </DemoTab>
      <p aria-live="polite" className="sr-only">
        {countCredits(balance)}
      </p>
    </div>
  )
}
