'use client'

import { CheckIcon, CopyIcon } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useEffect, useState } from 'react'
import { copyText } from '@/components/layout/copy-text'
import { Button } from '@/components/ui/button'
import { DialogClose, DialogDescription, DialogFooter, DialogTitle } from '@/components/ui/dialog'

/** A new secret, which is shown this once. */
export function ShownSecret({ secret, note }: { secret: string; note: string }) {
  /** False once the browser has refused. */
  const [copied, setCopied] = useState<boolean>()
  const router = useRouter()
  // The key may have been tried while it was shown: the list says when it was used last.
  useEffect(() => () => router.refresh(), [router])
  const Icon = copied ? CheckIcon : CopyIcon

  return (
    <div className="grid gap-4">
      <div className="grid gap-1.5">
        <DialogTitle>Copy your key now</DialogTitle>
        <DialogDescription>It is not shown again: only its hash is kept. {note}</DialogDescription>
      </div>
      <code
        data-testid="secret"
        className="select-all break-all rounded-md border bg-muted px-3 py-2 font-mono text-sm"
      >
        {secret}
      </code>
      <div className="grid gap-1.5">
        <p className="text-muted-foreground text-sm">Try it in a terminal:</p>
        <code
          data-testid="curl"
          className="select-all break-all rounded-md border bg-muted px-3 py-2 font-mono text-xs"
        >
          {`curl -i ${window.location.origin}/api/v1/tools -H 'Authorization: Bearer ${secret}'`}
        </code>
      </div>
      <p role="status" className="text-muted-foreground text-sm empty:hidden">
        {copied === false && 'This browser does not let the page copy. Select the key and copy it yourself.'}
      </p>
      <DialogFooter>
        <Button type="button" variant="outline" onClick={async () => setCopied(await copyText(secret))}>
          <Icon aria-hidden />
          <span>{copied ? 'Copied' : 'Copy'}</span>
        </Button>
        <DialogClose asChild>
          <Button type="button">I have copied it</Button>
        </DialogClose>
      </DialogFooter>
    </div>
  )
}
