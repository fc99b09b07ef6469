import { TextIcon } from 'lucide-react'
import { renderToStaticMarkup } from 'react-dom/server'
import { expect, test } from 'vitest'
import { ToolGallery } from './tool-gallery'

const tool = {
  href: '/tools/poster' as const,
  icon: TextIcon,
  name: 'Draw a poster',
  summary: 'For a wall.',
  price: '3 credits a run',
  off: false,
}
const render = (plans: string[] | null) =>
  renderToStaticMarkup(<ToolGallery title="With Pro" tools={[{ ...tool, plans }]} />)

test('a tool that may be run leads to its page', () => {
  expect(render(null)).toContain('href="/tools/poster"')
  expect(render(null)).toContain('3 credits a run')
})

// #region payments
test('one above the membership leads to the plans, and says which open it', () => {
  const page = render(['Pro monthly', 'Enterprise'])
  expect(page).toContain('href="/buy-credits?show=plans"')
  expect(page).toContain('Opens with Pro monthly or Enterprise')
  expect(page).not.toContain('/tools/poster')
})
// #endregion

test('one that no plan for sale opens leads nowhere', () => {
  expect(render([])).not.toContain('href')
  expect(render([])).toContain('Not for sale for now')
})
