import type { KindFiles, ToolName } from '../templates.ts'

/** A tool that takes files, and costs what worked. */
export const filesKind = (name: ToolName): KindFiles => ({
  tool: toolTemplate(name),
  test: testTemplate(name),
  form: formTemplate(name),
  result: resultTemplate,
})

const toolTemplate = ({ kebab, tool, title }: ToolName) => `import { z } from 'zod'
import { BadRequestError } from '@/lib/http/errors'
import { defineTool } from '@/lib/tool-runner/define-tool'

const MAX_FILES = 5
const MAX_FILE_BYTES = 1_000_000

export const prices = () => ({ file: 1 })

const file = z.file('Choose files.').max(MAX_FILE_BYTES, 'Each file can be up to 1 MB.')

/** Say here what it does, and what it costs. Work of more than some milliseconds goes into a .task.mts file. */
export const ${tool} = defineTool({
  id: '${kebab}',
  name: '${title}',
  body: 'form',
  maxBytes: MAX_FILES * MAX_FILE_BYTES,
  input: z.strictObject({
    files: z.preprocess(
      (value) => (Array.isArray(value) ? value : [value]),
      z.array(file).min(1, 'Choose a file.').max(MAX_FILES, \`Choose at most \${MAX_FILES} files.\`),
    ),
  }),
  cost: ({ input }) => input.files.length * prices().file,
  explain: ({ files }) => ({ rule: '1 per file read', input: { files: files.length } }),
  rateLimit: { requests: 20, perSeconds: 60 },
  run: async ({ input: { files }, signal, progress, charge }) => {
    const read: { name: string; lines: number }[] = []
    for (const file of files) {
      signal.throwIfAborted()
      progress({ done: read.length, total: files.length, message: file.name })
      const text = await file.text()
      if (text) read.push({ name: file.name, lines: text.split('\\\\n').length })
    }
    if (read.length === 0) throw new BadRequestError('There is nothing in these files.')
    await charge(read.length * prices().file)
    return { files: read }
  },
})
`

const testTemplate = ({ tool }: ToolName) => `import { expect, test } from 'vitest'
import { runAlone } from '@/lib/tool-runner/testing'
import { ${tool} } from './tool'

const full = new File(['one\\\\ntwo'], 'full.txt')

test('it costs what could be read', async () => {
  const charges: number[] = []
  const charge = (credits: number) => charges.push(credits)
  const answer = await runAlone(${tool}, { files: [full, new File([], 'empty.txt')] }, { charge })
  expect(answer).toEqual({ files: [{ name: 'full.txt', lines: 2 }] })
  expect(charges).toEqual([1])
})

test.each([
  ['nothing', {}],
  ['what is no file', { files: 'x' }],
  ['too many files', { files: Array(6).fill(full) }],
  ['a price of the sender', { files: full, cost: 0 }],
])('%s is refused before anything is charged', (_, input) => {
  expect(${tool}.input.safeParse(input).success).toBe(false)
})
`

const formTemplate = ({ kebab }: ToolName) => `'use client'

import { useState } from 'react'
import { RunButton } from '@/components/credits/run-button'
import { ToolForm } from '@/components/credits/tool-form'
import { useCreditTool } from '@/components/credits/use-credit-tool'
import { Field } from '@/components/ui/field'
import { FileDrop } from '@/components/ui/file-drop'
import { FileList } from '@/components/ui/file-list'
import { Label } from '@/components/ui/label'
import type { ToolFormProps } from '../register-tool'
import { type ReadFiles, Result } from './result'

export function Form({ userId, prices, creditType }: ToolFormProps<{ file: number }>) {
  const [files, setFiles] = useState<readonly File[]>([])
  const { run, running, cancel, result } = useCreditTool<ReadFiles>(userId, '/api/tools/${kebab}')

  function send() {
    const form = new FormData()
    for (const file of files) form.append('files', file)
    void run(form)
  }

  return (
    <ToolForm onRun={send} result={<Result result={result} running={running} />}>
      <Field name="files">
        <Label htmlFor="files">Files</Label>
        <FileDrop
          id="files"
          prompt="Choose files or drop them here"
          note="Text, up to 1 MB each"
          accept="text/*"
          onChoose={(chosen) => setFiles([...files, ...chosen])}
        />
        <FileList files={files} onRemove={(file) => setFiles(files.filter((kept) => kept !== file))} />
      </Field>
      <RunButton
        userId={userId}
        price={prices.file * Math.max(1, files.length)}
        creditType={creditType}
        running={running}
        onCancel={cancel}
        label="Run"
        notReady={files.length > 0 ? null : 'Choose files first.'}
      />
    </ToolForm>
  )
}
`

const resultTemplate = `import { SpentCredits } from '@/components/credits/spent-credits'
import { Card, CardContent } from '@/components/ui/card'
import type { ToolReceipt } from '@/lib/credit-manager'

export type ReadFiles = { files: { name: string; lines: number }[] }

type ResultProps = { result: (ReadFiles & ToolReceipt) | null; running: boolean }

/** The result's place: beside the form, and on the page of a past run. */
export function Result({ result, running }: ResultProps) {
  return (
    <Card aria-busy={running}>
      <CardContent className="grid gap-1 break-words text-sm">
        {result ? (
          <>
            {result.files.map(({ name, lines }) => <p key={name}>{\`\${name}: \${lines} lines\`}</p>)}
            <SpentCredits receipt={result} />
          </>
        ) : (
          <p>The result will appear here.</p>
        )}
      </CardContent>
    </Card>
  )
}
`
