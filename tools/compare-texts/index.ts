import { FileDiffIcon } from 'lucide-react'
import { formatCredits } from '@/lib/format'
import { registerTool } from '../register-tool'
import { LazyForm } from './lazy-form'
import { ComparisonResult } from './result'
import { compareTexts, prices, unit } from './tool'

export const entry = registerTool(compareTexts, {
  icon: FileDiffIcon,
  summary: 'What changed between two versions.',
  description:
    'See what was added, removed and replaced between two versions of a text. A run that fails costs nothing.',
  order: 60,
  prices,
  chargeText: ({ characters }) => `${formatCredits(Number(characters))} characters`,
  unit,
  form: LazyForm,
  result: ComparisonResult,
})
