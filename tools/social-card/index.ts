import { ImageIcon } from 'lucide-react'
import { findLabel } from '@/lib/find-label'
import { registerTool } from '../register-tool'
import { LazyForm } from './lazy-form'
import { SIZES } from './limits'
import { SocialCardResult } from './result'
import { prices, socialCard } from './tool'

export const entry = registerTool(socialCard, {
  icon: ImageIcon,
  summary: 'A picture for the links you share.',
  description: 'A PNG for the links you share, drawn here. A run that fails costs nothing.',
  order: 20,
  prices,
  chargeText: ({ complexity }) => `Card of ${findLabel(SIZES, complexity)}`,
  form: LazyForm,
  result: SocialCardResult,
})
