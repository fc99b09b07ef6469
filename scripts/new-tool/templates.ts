/** The forms of one name: `word-count`, `wordCountTool` and `Word count`. */
export type ToolName = { kebab: string; tool: string; title: string }

/** What differs between the kinds of tools: their own files. */
export type KindFiles = { tool: string; test: string; form: string; result: string }

/** Every file of a new tool by its path in the project. They are formatted after they are written. */
export function toolFiles(name: ToolName, { tool, test, form, result }: KindFiles): Record<string, string> {
  const folder = `tools/${name.kebab}`
  return {
    [`${folder}/tool.ts`]: tool,
    [`${folder}/tool.test.ts`]: test,
    [`${folder}/form.tsx`]: form,
    [`${folder}/result.tsx`]: result,
    [`${folder}/lazy-form.ts`]: lazyFormTemplate,
    [`${folder}/index.ts`]: indexTemplate(name, tool),
  }
}

const lazyFormTemplate = `'use client'

import dynamic from 'next/dynamic'

/** Loaded with the tool's own page alone. */
export const LazyForm = dynamic(() => import('./form').then(({ Form }) => Form))
`

/** `source` is the tool itself: it may say when it is there. */
const indexTemplate = ({ tool }: ToolName, source: string) => `import { SparklesIcon } from 'lucide-react'
import { registerTool } from '../register-tool'
import { LazyForm } from './lazy-form'
import { Result } from './result'
import { ${saysWhenAvailable(source) ? 'isAvailable, ' : ''}prices, ${tool} } from './tool'

export const entry = registerTool(${tool}, {
  icon: SparklesIcon,
  summary: 'Say here what it does.',
  description: 'Say here what it does. A run that fails costs nothing.',
  prices,
  form: LazyForm,
  result: Result,
${saysWhenAvailable(source) ? '  isAvailable,\n' : ''}})
`

const saysWhenAvailable = (source: string) => source.includes('export const isAvailable')
