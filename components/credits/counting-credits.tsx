'use client'

import { clsx } from 'clsx'
import type { ComponentProps } from 'react'
import { useFormat } from '@/components/reader/format-provider'
import { useCountTo } from './use-count-to'

type CountingCreditsProps = { value: number } & Omit<ComponentProps<'span'>, 'children'>

/** A balance that counts to its new value. `data-balance` holds the true one throughout. */
export function CountingCredits({ value, className, ...props }: CountingCreditsProps) {
  const { formatCredits } = useFormat()
  const shown = useCountTo(value)
  return (
    <span data-balance={value} className={clsx('figures', className)} {...props}>
      {formatCredits(shown)}
    </span>
  )
}
