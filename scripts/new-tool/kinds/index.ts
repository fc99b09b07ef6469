import type { KindFiles, ToolName } from '../templates.ts'
import { aiKind } from './ai.ts' // #only ai
import { backgroundKind } from './background.ts'
import { filesKind } from './files.ts'
import { formKind } from './form.ts'

type Kind = { about: string; files: (name: ToolName) => KindFiles }

/** The kinds of tools there are, each as it can be made. */
export const KINDS: Record<string, Kind> = {
  form: { about: 'answers a form at once', files: formKind },
  files: { about: 'takes files, and costs what worked', files: filesKind },
  ai: { about: 'writes what a model says, paid by the token', files: aiKind }, // #only ai
  background: { about: 'goes on when its page is left', files: backgroundKind },
}
