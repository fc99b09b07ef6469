'use client'

import { CheckIcon, CopyIcon } from 'lucide-react'
import { useEffect, useState } from 'react'
import { toast } from 'sonner'
import { copyText } from '@/components/layout/copy-text'

const CONFIRM_MS = 1_500

/** An id, shortened to what fits, with a button that copies all of it. */
export function CopyId({ id, name }: { id: string; name: string }) {
  const [copied, setCopied] = useState(false)

  useEffect(() => {
    if (!copied) return
    const timer = setTimeout(() => setCopied(false), CONFIRM_MS)
    return () => clearTimeout(timer)
  }, [copied])

  async function copy() {
    if (await copyText(id)) setCopied(true)
    else toast.error('This browser does not let the page copy', { description: id })
  }

  const Icon = copied ? CheckIcon : CopyIcon
  return (
    <span className="flex min-w-0 items-center gap-1">
      <span className="truncate font-mono text-xs" title={id}>
        {id}
      </span>
      <button
        type="button"
        onClick={copy}
        aria-label={`Copy the ${name}`}
        className="touch-target shrink-0 rounded-sm p-1.5 text-muted-foreground transition-colors hover:text-foreground"
      >
        <Icon aria-hidden className="size-3.5" />
      </button>
      <span role="status" className="sr-only">
        {copied && 'Copied'}
      </span>
    </span>
  )
}
