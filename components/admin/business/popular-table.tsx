import Link from 'next/link'
import type { ComponentProps } from 'react'
import { Card, CardContent, CardHeader, CardTitle } from '@/components/ui/card'
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from '@/components/ui/table'
import type { WrittenFigure } from './write-figure'

type PopularTableProps = {
  title: string
  /** What is counted: "Sales". */
  counted: string
  rows: readonly (WrittenFigure & { id: string; name: string; href: ComponentProps<typeof Link>['href'] })[]
}

/** What was chosen most often, most popular first. */
export function PopularTable({ title, counted, rows }: PopularTableProps) {
  return (
    <Card className="gap-3 pb-0">
      <CardHeader>
        <CardTitle>{title}</CardTitle>
      </CardHeader>
      {rows.length === 0 ? (
        <CardContent className="pb-5 text-muted-foreground text-sm">None so far.</CardContent>
      ) : (
        <Table aria-label={title}>
          <TableHeader>
            <TableRow className="hover:bg-transparent">
              <TableHead>Name</TableHead>
              <TableHead className="text-right">{counted}</TableHead>
              <TableHead className="text-right">Before</TableHead>
            </TableRow>
          </TableHeader>
          <TableBody>
            {rows.map(({ id, name, value, before, href }) => (
              <TableRow key={id} className="relative">
                <TableCell className="w-full max-w-0 truncate">
                  <Link href={href} className="after:absolute after:inset-0">
                    {name}
                  </Link>
                </TableCell>
                <TableCell className="figures text-right">{value}</TableCell>
                <TableCell className="figures text-right text-muted-foreground">{before}</TableCell>
              </TableRow>
            ))}
          </TableBody>
        </Table>
      )}
    </Card>
  )
}
