'use client'

import { createContext, type ReactNode, useContext, useMemo } from 'react'
import { createFormat, everybody, type Format, type Reader } from '@/lib/format'

const FormatContext = createContext<Format>(everybody)

/** Tells the pages inside how their reader reads: as the server found it, so that both render the same. */
export function FormatProvider({ reader, children }: { reader: Reader; children: ReactNode }) {
  const { locale, timeZone } = reader
  const format = useMemo(() => createFormat({ locale, timeZone }), [locale, timeZone])
  return <FormatContext value={format}>{children}</FormatContext>
}

/** What writes numbers, money and times for the reader: `const { formatDate } = useFormat()`. */
export function useFormat(): Format {
  return useContext(FormatContext)
}
