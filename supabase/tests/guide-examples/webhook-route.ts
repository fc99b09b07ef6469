import { creditService, logCreditTransaction, validateWebhook } from '@/lib/guide-names'

export async function POST(request: Request) {
  const event = await validateWebhook(request)
  
  if (event.type === 'payment.completed') {
    const { userId, credits } = event.data
    
    // Add credits to user's account
    await creditService.addCredits(userId, credits)
    
    // Optional: Log transaction
    await logCreditTransaction({
      userId,
      amount: credits,
      type: 'purchase',
      referenceId: event.paymentId
    })
  }
  // A route of Next.js has to give a response, which the guide leaves out.
  return new Response(null, { status: 200 })
}
