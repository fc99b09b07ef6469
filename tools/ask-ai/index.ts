import { MessageSquareTextIcon } from 'lucide-react'
import { ownerRates } from '@/lib/ai/owner-rates'
import { warnOfCost } from '@/lib/ai/warn-of-cost'
import { findLabel } from '@/lib/find-label'
import { registerTool } from '../register-tool'
import { LazyForm } from './lazy-form'
import { LENGTH_NAMES } from './limits'
import { AnswerResult } from './result'
import { askAi, isAvailable, prices, unit } from './tool'

export const entry = registerTool(askAi, {
  icon: MessageSquareTextIcon,
  summary: 'An answer as it is written.',
  description:
    'Ask a question and read the answer as it is written. You pay for what you read, by the token.',
  order: 40,
  prices,
  chargeText: ({ length }) => `${findLabel(LENGTH_NAMES, length)} answer`,
  unit,
  form: LazyForm,
  result: AnswerResult,
  isAvailable,
  warnOfCost: (creditValue) => warnOfCost({ prices, cost: ownerRates(), creditValue }),
})
