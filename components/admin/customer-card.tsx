import Link from 'next/link'
import { Card, CardContent, CardHeader, CardTitle } from '@/components/ui/card'
import { type CustomerConflict, readCustomer } from '@/lib/admin/customers'
import { paymentProvider } from '@/lib/payments'
import { MoveCustomerForm } from './move-customer-form'

/** Who a user is at the payment provider, or whom it takes them for; nothing before a first checkout. */
export async function CustomerCard({ userId }: { userId: string }) {
  const { buyer, conflict } = await readCustomer(userId)
  if (!buyer.customer && !conflict) return null
  return (
    <Card>
      <CardHeader className="flex items-center justify-between">
        <CardTitle>{`Customer at ${paymentProvider.name}`}</CardTitle>
        {buyer.customer && <MoveCustomerForm userId={userId} email={buyer.email} />}
      </CardHeader>
      <CardContent className="wrap-anywhere grid gap-1 text-sm">
        {buyer.customer && (
          <>
            <p>{buyer.customer.email ?? 'Address not known'}</p>
            <p className="text-muted-foreground text-xs">{buyer.customer.id}</p>
          </>
        )}
        {conflict && <Conflict {...conflict} />}
      </CardContent>
    </Card>
  )
}

function Conflict({ customerId, holder }: CustomerConflict) {
  return (
    <>
      <p>{`Checkouts are refused: this address belongs to the customer ${customerId}.`}</p>
      <p>
        {holder ? (
          <Link href={`/admin/users/${holder.id}`} className="font-medium underline underline-offset-4">
            {`Move the customer of ${holder.email}`}
          </Link>
        ) : (
          <span>Change its address in the dashboard of the provider.</span>
        )}
      </p>
    </>
  )
}
