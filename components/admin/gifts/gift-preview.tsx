'use client'

import { useFormat } from '@/components/reader/format-provider'
import { Card, CardContent, CardHeader, CardTitle } from '@/components/ui/card'
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from '@/components/ui/table'
import type { GiftPreview } from '@/lib/admin/gift-state'
import { GiftRun } from './gift-run'

/** Who would get what, before anybody gets anything. */
export function GiftPreviewCard({ preview }: { preview: GiftPreview }) {
  const { formatCredits } = useFormat()
  const { sample, users, unknown, unknown_sample: named } = preview
  return (
    <Card>
      <CardHeader>
        <CardTitle>Preview</CardTitle>
      </CardHeader>
      <CardContent className="grid gap-4">
        {unknown > 0 && (
          <p className="wrap-anywhere text-sm text-warning-soft-foreground">
            {`No open account was found for ${formatCredits(unknown)} of the lines: ${named.join(', ')}${unknown > named.length ? ', …' : ''}`}
          </p>
        )}
        <GiftRun prepared={preview} />
      </CardContent>
      {sample.length > 0 && (
        <Table>
          <TableHeader>
            <TableRow className="hover:bg-transparent">
              <TableHead>{users > sample.length ? `The largest ${sample.length}` : 'User'}</TableHead>
              <TableHead className="text-right">Credits</TableHead>
            </TableRow>
          </TableHeader>
          <TableBody>
            {sample.map(({ email, amount }) => (
              <TableRow key={email}>
                <TableCell className="w-full max-w-0 truncate">{email}</TableCell>
                <TableCell className="figures text-right">{formatCredits(amount)}</TableCell>
              </TableRow>
            ))}
          </TableBody>
        </Table>
      )}
    </Card>
  )
}
