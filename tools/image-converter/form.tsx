'use client'

import { useState } from 'react'
import { RunButton } from '@/components/credits/run-button'
import { ToolForm } from '@/components/credits/tool-form'
import { useCreditTool } from '@/components/credits/use-credit-tool'
import { ChoiceField } from '@/components/ui/choice-field'
import { Field } from '@/components/ui/field'
import { FileDrop } from '@/components/ui/file-drop'
import { FileList } from '@/components/ui/file-list'
import { Label } from '@/components/ui/label'
import type { ToolFormProps } from '../register-tool'
import {
  IMAGE_TOO_LARGE,
  IMAGES_TOO_LARGE,
  MAX_IMAGE_BYTES,
  MAX_IMAGE_MB,
  MAX_IMAGES,
  MAX_TOTAL_BYTES,
  MAX_TOTAL_MB,
} from './limits'
import { type Conversion, ImageConverterResult } from './result'

const READABLE = 'image/png,image/jpeg,image/webp,image/avif,image/gif,image/tiff'
const FORMATS = { webp: 'WebP', avif: 'AVIF', jpeg: 'JPEG', png: 'PNG' } as const

export function Form({ userId, prices, creditType }: ToolFormProps<{ image: number }>) {
  const [files, setFiles] = useState<readonly File[]>([])
  const [format, setFormat] = useState<keyof typeof FORMATS>('webp')
  const { run, running, cancel, progress, result } = useCreditTool<Conversion>(
    userId,
    '/api/tools/image-converter',
  )

  function convert() {
    const form = new FormData()
    for (const file of files) form.append('images', file)
    form.set('format', format)
    void run(form)
  }

  return (
    <ToolForm
      onRun={convert}
      result={<ImageConverterResult result={result} progress={running ? progress : null} running={running} />}
    >
      <Field name="images">
        <Label htmlFor="images">Images</Label>
        <FileDrop
          id="images"
          prompt="Choose images or drop them here"
          note={`PNG, JPEG, WebP, AVIF, GIF or TIFF, up to ${MAX_IMAGE_MB} MB each and ${MAX_TOTAL_MB} MB together`}
          accept={READABLE}
          onChoose={(chosen) => setFiles((files) => withoutDoubles([...files, ...chosen]))}
        />
        <FileList files={files} onRemove={(file) => setFiles(files.filter((kept) => kept !== file))} />
      </Field>
      <ChoiceField label="Format" choices={FORMATS} value={format} onChange={setFormat} />
      <RunButton
        userId={userId}
        price={prices.image * Math.max(1, files.length)}
        creditType={creditType}
        running={running}
        onCancel={cancel}
        label="Convert"
        notReady={whyNotReady(files)}
      />
    </ToolForm>
  )
}

/** The same file chosen twice counts once. */
function withoutDoubles(files: readonly File[]): File[] {
  const stamp = ({ name, size, lastModified }: File) => `${name}-${size}-${lastModified}`
  return [...new Map(files.map((file) => [stamp(file), file])).values()]
}

function whyNotReady(files: readonly File[]): string | null {
  if (files.length === 0) return 'Choose images first.'
  if (files.length > MAX_IMAGES) return `Choose at most ${MAX_IMAGES} images.`
  const large = files.find(({ size }) => size > MAX_IMAGE_BYTES)
  if (large) return IMAGE_TOO_LARGE
  const together = files.reduce((sum, { size }) => sum + size, 0)
  return together > MAX_TOTAL_BYTES ? IMAGES_TOO_LARGE : null
}
