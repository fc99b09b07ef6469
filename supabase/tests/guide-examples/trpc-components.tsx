'use client'

import { useState } from 'react'
import { trpc } from '@/lib/trpc'

export function Balances() {
  const { data: balances, isLoading } = trpc.credits.getBalances.useQuery()
  // #region payments
  const createCheckout = trpc.marketplace.createCheckout.useMutation({
    onError: (error) => setMessage(error.message),
  })
  // #endregion
  const [message, setMessage] = useState('')

  const check = async () => {
    const { data } = await trpc.credits.checkBalance.useQuery({ creditType: 'general', required: 5000 })
    setMessage(`Need ${data.shortfall} more credits`)
  }

  if (isLoading) return <p>Loading</p>
  return (
    <div>
      <p>General: {balances?.general?.balance}</p>
      <button type="button" onClick={check}>Check</button>
      {/* #region payments */}
      <button type="button" onClick={() => createCheckout.mutate({ packageId: 999 })}>Buy nothing</button>
      {/* #endregion */}
      <p role="status">{message}</p>
    </div>
  )
}
