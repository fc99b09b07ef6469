import { NextResponse } from 'next/server'
import { createClient, creditService } from '@/lib/guide-names'

const amount = 1

// The error handling of the guide, around its check and its deduction.
export async function POST() {
  const { user } = await createClient().auth.getUser()
  if (!user) return NextResponse.json({ error: 'Unauthorized' }, { status: 401 })
  const userId = user.id
  const hasCredits = await creditService.hasCredits(userId, amount)
  if (!hasCredits) return NextResponse.json({ message: 'Insufficient credits' }, { status: 402 })
  try {
    const newBalance = await creditService.deductCredits(userId, amount)
    return NextResponse.json({ success: true, newBalance })
  } catch (error: any) {
    if (error.message === 'Insufficient credits') {
      return NextResponse.json(
        { 
          error: 'Insufficient credits',
          currentBalance: await creditService.getUserCredits(userId),
          requiredCredits: amount
        },
        { status: 402 }
      )
    }
    
    // Log unexpected errors
    console.error('Credit deduction failed:', error)
    return NextResponse.json({ error: 'Internal error' }, { status: 500 })
  }
}
