'use client'

import { XIcon } from 'lucide-react'
import { Button } from '@/components/ui/button'
import { formatBytes } from '@/lib/format'

type FileListProps = { files: readonly File[]; onRemove: (file: File) => void }

/** The files that were chosen, each with its size and a way to take it out again. */
export function FileList({ files, onRemove }: FileListProps) {
  if (files.length === 0) return null
  return (
    <ul aria-label="Chosen files" className="grid min-w-0 grid-cols-1 divide-y rounded-lg border">
      {files.map((file) => (
        <li
          key={`${file.name}-${file.size}-${file.lastModified}`}
          className="flex items-center gap-3 py-1 pr-1 pl-3 text-sm"
        >
          <span className="min-w-0 flex-1 truncate" title={file.name}>
            {file.name}
          </span>
          <span className="figures text-muted-foreground">{formatBytes(file.size)}</span>
          <Button
            variant="ghost"
            size="icon"
            className="size-8 text-muted-foreground"
            onClick={() => onRemove(file)}
          >
            <XIcon aria-hidden />
            <span className="sr-only">Remove {file.name}</span>
          </Button>
        </li>
      ))}
    </ul>
  )
}
