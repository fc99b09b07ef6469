'use client'

import { toast } from 'sonner'
import { useState } from 'react'
import NamedExampleTool from '@/app/(protected)/example-tool/ExampleToolClient'
import { HeaderUser } from '@/components/dashboard/header-user'
import { DodoCheckoutButton } from '@/components/dodopayments/DodoCheckoutButton'
import { Button } from '@/components/ui/button'
import { creditManager, makeApiCallWithCreditUpdate, useCreditManager, verifyCreditBalance } from '@/lib/credit-manager'
import { CREDIT_PACKAGES, calculateToolCost } from '@/lib/pricing-plans'

type Props = { userId: string; requiredCredits: number }

export default function ExampleToolClient({ userId, requiredCredits }: Props) {
  const { balance: currentBalance } = useCreditManager(userId)
  const hasCredits = currentBalance >= requiredCredits
  const [prompt, setPrompt] = useState('')
  const [result, setResult] = useState<any>(null)

  const handleGenerate = async () => {
    try {
      const data = await makeApiCallWithCreditUpdate<any>(
        () => fetch('/api/example-protected', {
          method: 'POST',
          headers: { 'Content-Type': 'application/json' },
          body: JSON.stringify({ prompt }),
        }),
        userId
      )
      
      // Credit balance automatically updated via CreditManager
      setResult(data)
      toast.success('Content generated successfully!')
    } catch (error) {
      toast.error('Generation failed')
    }
  }
  return (
    <div>
      <textarea value={prompt} onChange={(event) => setPrompt(event.target.value)} />
      <Button onClick={handleGenerate} disabled={!hasCredits}>
        Generate
      </Button>
      <p>{result?.summary}</p>
    </div>
  )
}

export function MyNewTool({ userId }: { userId: string }) {
  const { balance } = useCreditManager(userId)
  const requiredCredits = 2
  
  const handleAction = async () => {
    const data = await makeApiCallWithCreditUpdate(
      () => fetch('/api/my-new-tool', { method: 'POST' }),
      userId
    )
    // Handle response
    return data
  }
  
  return (
    <div>
      <p>Current Balance: {balance}</p>
      <p>Required Credits: {requiredCredits}</p>
      <Button 
        onClick={handleAction}
        disabled={balance < requiredCredits}
      >
        Use Tool ({requiredCredits} credits)
      </Button>
    </div>
  )
}

export function Shop({ user }: { user: { id: string; email: string } }) {
  const cost: number = calculateToolCost('image-generation', 'medium')
  return (
    <>
      <HeaderUser user={user} initialCreditBalance={100} />
      <NamedExampleTool userId={user.id} requiredCredits={cost} />
      {CREDIT_PACKAGES.map(({ id, credits, price }) => (
        <DodoCheckoutButton key={id} planId={id} credits={credits} price={price} />
      ))}
    </>
  )
}

export async function events(userId: string): Promise<number> {
  const off: () => void = creditManager.subscribeToCredits(userId, (balance: number) => console.log(balance))
  creditManager.updateBalance(userId, 5)
  creditManager.emit('balanceUpdated', { userId, balance: 5 })
  creditManager.emit('anything', { userId })
  off()
  const known: number = creditManager.getBalance(userId)
  return known + (await verifyCreditBalance(userId))
}
