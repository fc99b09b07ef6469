'use client'

import { UploadIcon } from 'lucide-react'
import { useEffect, useEffectEvent, useRef, useState } from 'react'
import { cn } from '@/lib/utils'

type FileDropProps = {
  id: string
  /** What to do here: "Choose images or drop them here". */
  prompt: string
  /** What is taken: kinds, number, size. */
  note: string
  accept: string
  onChoose: (files: readonly File[]) => void
}

/** A place to choose several files or drop them. What was chosen is the caller's to show. */
export function FileDrop({ id, prompt, note, accept, onChoose }: FileDropProps) {
  const [over, setOver] = useState(false)
  const input = useRef<HTMLInputElement>(null)

  function take(from: HTMLInputElement) {
    onChoose([...(from.files ?? [])])
    // Or the same file could not be chosen again after it was removed.
    from.value = ''
  }

  // What was chosen before the scripts had come told nobody.
  const takeEarly = useEffectEvent(() => {
    if (input.current?.files?.length) take(input.current)
  })
  useEffect(() => takeEarly(), [])

  return (
    <div
      className={cn(
        'relative grid justify-items-center gap-1 rounded-lg border border-input border-dashed px-4 py-7 text-center text-sm transition-colors hover:bg-accent/50 has-[:focus-visible]:outline-2 has-[:focus-visible]:outline-ring',
        over && 'border-primary bg-primary-soft',
      )}
    >
      <UploadIcon aria-hidden className="mb-1 size-5 text-muted-foreground" />
      <span className="font-medium">{prompt}</span>
      <span id={`${id}-note`} className="text-muted-foreground">
        {note}
      </span>
      {/* The control covers the whole place: it takes clicks, keys and dropped files by itself. */}
      <input
        ref={input}
        id={id}
        type="file"
        multiple
        accept={accept}
        title=""
        aria-describedby={`${id}-note`}
        className="absolute inset-0 cursor-pointer opacity-0"
        onDragEnter={() => setOver(true)}
        onDragLeave={() => setOver(false)}
        onDrop={() => setOver(false)}
        onChange={(event) => take(event.target)}
      />
    </div>
  )
}
