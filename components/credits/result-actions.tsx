'use client'

import { CheckIcon, CopyIcon, DownloadIcon } from 'lucide-react'
import { useEffect, useState } from 'react'
import { toast } from 'sonner'
import { copyText } from '@/components/layout/copy-text'
import { Button } from '@/components/ui/button'

const COPIED_MS = 2_000

type ResultActionsProps = {
  /** The result as a text. */
  text: string
  /** What the file of it is called, as `summary.txt`. */
  fileName: string
}

/** Takes a result along: to the clipboard, or as a text file. */
export function ResultActions({ text, fileName }: ResultActionsProps) {
  const [copied, setCopied] = useState(false)
  useEffect(() => {
    if (!copied) return
    const timer = setTimeout(() => setCopied(false), COPIED_MS)
    return () => clearTimeout(timer)
  }, [copied])

  async function copy() {
    if (await copyText(text)) setCopied(true)
    else toast.error('Your browser does not let us copy. Select the text and copy it yourself.')
  }

  return (
    <div className="flex flex-wrap gap-2">
      <Button variant="outline" size="sm" onClick={copy}>
        {copied ? <CheckIcon aria-hidden /> : <CopyIcon aria-hidden />}
        <span aria-live="polite">{copied ? 'Copied' : 'Copy'}</span>
      </Button>
      <Button asChild variant="outline" size="sm">
        <a
          href={`data:text/plain;charset=utf-8,${encodeURIComponent(text.toWellFormed())}`}
          download={fileName}
        >
          <DownloadIcon aria-hidden />
          Download
        </a>
      </Button>
    </div>
  )
}
