import { CopyIcon } from 'lucide-react'
import { formatCredits } from '@/lib/format'
import { registerTool } from '../register-tool'
import { LazyForm } from './lazy-form'
import { DuplicatesResult } from './result'
import { findDuplicates, prices, unit } from './tool'

export const entry = registerTool(findDuplicates, {
  icon: CopyIcon,
  summary: 'Lines that say nearly the same.',
  description: 'Paste a list of names, addresses or titles. It goes on when you leave the page.',
  order: 50,
  prices,
  chargeText: ({ lines }) => `${formatCredits(Number(lines))} lines`,
  unit,
  form: LazyForm,
  result: DuplicatesResult,
})
