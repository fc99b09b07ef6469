'use client'

import { type FormEvent, useState } from 'react'
import { RunButton } from '@/components/credits/run-button'
import { useCreditTool } from '@/components/credits/use-credit-tool'
import { ChoiceField } from '@/components/tools/choice-field'
import { Card, CardContent } from '@/components/ui/card'
import { Field, FieldDescription } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import { Label } from '@/components/ui/label'
import { type Conversion, ImageConverterResult } from './image-converter-result'

const MAX_IMAGES = 10
const FORMATS = { webp: 'WebP', avif: 'AVIF', jpeg: 'JPEG', png: 'PNG' } as const

export function ImageConverterClient({ userId }: { userId: string }) {
  const [files, setFiles] = useState<readonly File[]>([])
  const [format, setFormat] = useState<keyof typeof FORMATS>('webp')
  const { run, running, progress, result } = useCreditTool<Conversion>(userId, '/api/tools/image-converter')

  function submit(event: FormEvent) {
    event.preventDefault()
    const form = new FormData()
    for (const file of files) form.append('images', file)
    form.set('format', format)
    void run(form)
  }

  return (
    <div className="grid items-start gap-6 lg:grid-cols-2">
      <Card>
        <CardContent>
          <form onSubmit={submit} className="grid gap-5">
            <Field>
              <Label htmlFor="images">Images</Label>
              <Input
                id="images"
                type="file"
                accept="image/*"
                multiple
                onChange={(event) => setFiles([...(event.target.files ?? [])])}
                aria-describedby="images-note"
              />
              <FieldDescription id="images-note">Up to 10 images of 8 MB, 20 MB together.</FieldDescription>
            </Field>
            <ChoiceField label="Format" choices={FORMATS} value={format} onChange={setFormat} />
            <RunButton
              userId={userId}
              price={Math.max(1, files.length)}
              running={running}
              label="Convert"
              notReady={whyNotReady(files)}
            />
          </form>
        </CardContent>
      </Card>
      <ImageConverterResult result={result} progress={running ? progress : null} running={running} />
    </div>
  )
}

function whyNotReady(files: readonly File[]): string | null {
  if (files.length === 0) return 'Choose images first.'
  return files.length > MAX_IMAGES ? `Choose at most ${MAX_IMAGES} images.` : null
}
