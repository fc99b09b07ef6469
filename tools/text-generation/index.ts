import { SparklesIcon } from 'lucide-react'
import { findLabel } from '@/lib/find-label'
import { registerTool } from '../register-tool'
import { LENGTHS } from './limits'
import { SummaryResult } from './result'
import { prices, summarize } from './tool'

export const entry = registerTool(summarize, {
  icon: SparklesIcon,
  summary: 'Keep the key sentences.',
  description: 'Paste a long text and keep the key sentences. A run that fails costs nothing.',
  order: 10,
  prices,
  chargeText: ({ complexity }) => `${findLabel(LENGTHS, complexity)} summary`,
  form: '/example-tool',
  route: '/api/example-protected',
  result: SummaryResult,
})
