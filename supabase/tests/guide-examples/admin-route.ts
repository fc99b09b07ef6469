import { NextResponse } from 'next/server'
import { createClient, creditService, logCreditTransaction, verifyAdminRole } from '@/lib/guide-names'

export async function POST(request: Request) {
  const { user } = await createClient().auth.getUser()
  if (!user) return NextResponse.json({ error: 'Unauthorized' }, { status: 401 })
  // Verify admin permissions
  const isAdmin = await verifyAdminRole(user)
  if (!isAdmin) return NextResponse.json({ error: 'Forbidden' }, { status: 403 })
  
  const { userId, amount, reason } = await request.json()
  
  // Add credits with audit trail
  const newBalance = await creditService.addCredits(userId, amount)
  
  await logCreditTransaction({
    userId,
    amount,
    type: 'admin_adjustment',
    description: reason,
    adminId: user.id
  })
  
  return NextResponse.json({ newBalance })
}
