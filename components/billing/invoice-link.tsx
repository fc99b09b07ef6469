'use client'

import { FileTextIcon } from 'lucide-react'
import type { MouseEvent } from 'react'
import { useState } from 'react'
import { toast } from 'sonner'
import { Button } from '@/components/ui/button'
import { fetchFile } from '@/lib/http/api-client'

const FAILED = 'The invoice could not be fetched. Please try again in a moment.'

/** Saves the invoice of a payment. Fetched by hand, since a browser would save an error under the name of the PDF. */
export function InvoiceLink({ paymentId, label }: { paymentId: string; label: string }) {
  const [loading, setLoading] = useState(false)
  const href = `/api/dodopayments/invoices/${paymentId}`

  async function save(event: MouseEvent) {
    if (event.metaKey || event.ctrlKey) return
    event.preventDefault()
    if (loading) return
    setLoading(true)
    try {
      await saveFile(href)
    } catch {
      toast.error(FAILED)
    } finally {
      setLoading(false)
    }
  }

  return (
    <Button asChild variant="ghost" size="sm">
      <a href={href} aria-label={label} aria-busy={loading || undefined} onClick={save}>
        <FileTextIcon aria-hidden />
        <span className="max-sm:sr-only">Invoice</span>
      </a>
    </Button>
  )
}

async function saveFile(href: string): Promise<void> {
  const { blob, name } = await fetchFile(href)
  const url = URL.createObjectURL(blob)
  const link = Object.assign(document.createElement('a'), { href: url, download: name ?? 'invoice.pdf' })
  link.click()
  URL.revokeObjectURL(url)
}
