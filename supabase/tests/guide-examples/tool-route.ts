import { NextResponse } from 'next/server'
import { createClient, creditService } from '@/lib/guide-names'

const processRequest = async () => ({ result: 'done' })

export async function POST(request: Request) {
  try {
    const { user } = await createClient().auth.getUser()
    if (!user) return NextResponse.json({ error: 'Unauthorized' }, { status: 401 })
    
    const requiredCredits = 1
    
    // Check if user has sufficient credits
    const hasCredits = await creditService.hasCredits(user.id, requiredCredits)
    if (!hasCredits) {
      return NextResponse.json(
        { message: 'Insufficient credits' },
        { status: 402 }
      )
    }
    
    // Deduct credits before processing
    const newBalance = await creditService.deductCredits(user.id, requiredCredits)
    
    // Process the request
    const result = await processRequest()
    
    return NextResponse.json({
      ...result,
      newBalance,
      creditsUsed: requiredCredits
    })
  } catch (error) {
    return NextResponse.json({ error: 'Internal error' }, { status: 500 })
  }
}
