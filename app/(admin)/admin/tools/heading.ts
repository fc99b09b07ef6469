import { FIGURE_DAYS } from '@/lib/admin/list-tool-figures'

export const HEADING = {
  title: 'Tools',
  description: `What each earned and cost in the last ${FIGURE_DAYS} days. Credits count as what the cheapest package asks for them.`,
}
