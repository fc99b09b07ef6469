import Link from 'next/link'
import { Card, CardContent, CardDescription, CardHeader, CardTitle } from '@/components/ui/card'
import { listHeldBonuses } from '@/lib/admin/signup-bonuses'

const LIMIT = 25

/** Whose sign-up bonus is held; nothing when nobody's is. */
export async function HeldBonuses() {
  const held = await listHeldBonuses(LIMIT)
  if (held.length === 0) return null
  return (
    <Card>
      <CardHeader>
        <CardTitle>Held sign-up bonuses</CardTitle>
        <CardDescription>
          Confirmed from a network that had too many that day. The oldest first.
        </CardDescription>
      </CardHeader>
      <CardContent>
        <ul className="grid gap-2 text-sm">
          {held.map(({ userId, email, network }) => (
            <li key={userId} className="flex flex-wrap justify-between gap-x-4">
              <Link
                href={`/admin/users/${userId}`}
                className="wrap-anywhere flex items-center pointer-coarse:min-h-11 font-medium underline-offset-4 hover:underline"
              >
                {email}
              </Link>
              <span className="figures text-muted-foreground">{network}</span>
            </li>
          ))}
        </ul>
      </CardContent>
    </Card>
  )
}
