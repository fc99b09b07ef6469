import { Badge } from '@/components/ui/badge'
import { Card, CardHeader, CardTitle } from '@/components/ui/card'
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from '@/components/ui/table'
import type { AdminPackage, PackageGroup } from '@/lib/admin/packages/list-packages'
import { findCreditType } from '@/lib/credit-type'
import { readFormat } from '@/lib/reader/read-reader'
import { EditPackage } from './edit-package'
import { MovePackage } from './move-package'
import type { PackageContext } from './package-form'
import { PackageSyncState } from './package-sync-state'

type PackageGroupCardProps = {
  group: PackageGroup
  context: PackageContext
  providers: readonly { id: string; name: string }[]
}

/** The packages, or the plans, of one credit type, in the order that buyers see. */
export async function PackageGroupCard({ group, context, providers }: PackageGroupCardProps) {
  const { countCredits, formatMoney } = await readFormat()
  const creditType = findCreditType(context.creditTypes, group.creditType)
  const title = `${creditType.name}: ${group.kind === 'subscription' ? 'plans' : 'packages'}`
  const order = group.packages.map(({ id }) => id)
  return (
    <Card className="gap-0 pb-0">
      <CardHeader className="pb-4">
        <CardTitle>{title}</CardTitle>
      </CardHeader>
      <Table aria-label={title}>
        <TableHeader>
          <TableRow className="hover:bg-transparent">
            <TableHead>Name</TableHead>
            <TableHead className="text-right">Price</TableHead>
            <TableHead className="max-md:hidden">Product</TableHead>
            <TableHead>
              <span className="sr-only">Actions</span>
            </TableHead>
          </TableRow>
        </TableHeader>
        <TableBody>
          {group.packages.map((sold) => (
            <TableRow key={sold.id} className="align-top">
              <TableCell className="w-full max-w-0">
                <PackageName sold={sold} credits={countCredits(sold.credits, creditType)} />
                <span className="mt-1.5 block md:hidden [&_[data-slot=badge]]:shrink [&_[data-slot=badge]]:whitespace-normal">
                  <Syncs sold={sold} providers={providers} />
                </span>
              </TableCell>
              <TableCell className="figures text-right">
                <span>{formatMoney(sold.price, sold.currency)}</span>
                {sold.interval && <span className="text-muted-foreground">{` / ${sold.interval}`}</span>}
              </TableCell>
              <TableCell className="max-md:hidden">
                <Syncs sold={sold} providers={providers} />
              </TableCell>
              <TableCell>
                <span className="flex items-center justify-end gap-1 max-sm:flex-col max-sm:items-end">
                  <MovePackage id={sold.id} name={sold.name} order={order} />
                  <EditPackage sold={sold} context={context} />
                </span>
              </TableCell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </Card>
  )
}

function PackageName({ sold, credits }: { sold: AdminPackage; credits: string }) {
  return (
    <>
      <span className="flex flex-wrap items-center gap-x-2 gap-y-1 font-medium">
        <span>{sold.name}</span>
        {sold.popular && <Badge>Popular</Badge>}
        {sold.trialDays > 0 && <Badge variant="secondary">{`Trial: ${sold.trialDays} d`}</Badge>}
        {!sold.active && <Badge variant="outline">Retired</Badge>}
      </span>
      <span className="block whitespace-normal break-words text-muted-foreground text-xs">{`${credits} · ${sold.id}`}</span>
    </>
  )
}

function Syncs({ sold, providers }: { sold: AdminPackage; providers: PackageGroupCardProps['providers'] }) {
  if (!sold.active) return <span className="text-muted-foreground text-xs">Not for sale</span>
  return (
    <span className="grid gap-2">
      {providers.map((provider) => (
        <PackageSyncState
          key={provider.id}
          packageId={sold.id}
          packageName={sold.name}
          provider={provider}
          sync={sold.syncs.find((tried) => tried.provider === provider.id)}
        />
      ))}
    </span>
  )
}
