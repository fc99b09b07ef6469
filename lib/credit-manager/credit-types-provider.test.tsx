import { renderToStaticMarkup } from 'react-dom/server'
import { expect, test, vi } from 'vitest'
import { findCreditType, GENERAL } from '@/lib/credit-type'
import { CreditTypesProvider, usePageWallet } from './credit-types-provider'

const at = vi.hoisted(() => ({ pathname: '', query: '' }))
vi.mock('next/navigation', () => ({
  usePathname: () => at.pathname,
  useSearchParams: () => new URLSearchParams(at.query),
}))

const types = [findCreditType([], GENERAL), findCreditType([], 'image')]
const pages = [{ href: '/tools/caption', creditType: 'image' }]

function PageWallet() {
  return usePageWallet().id
}

test.each([
  ['/dashboard', '', 'general'],
  ['/dashboard', 'wallet=image', 'image'],
  ['/dashboard', 'wallet=wishes', 'general'],
  ['/tools/caption', '', 'image'],
  // The tool is charged to its own wallet, whatever the address says.
  ['/tools/caption', 'wallet=general', 'image'],
  ['/tools/captions', '', 'general'],
  ['/admin/users/1', 'wallet=image', 'general'],
  ['/admin/users/1/view/dashboard', 'wallet=image', 'image'], // #only admin
])('the header of %s?%s shows the wallet %s', (pathname, query, wallet) => {
  Object.assign(at, { pathname, query })
  const page = (
    <CreditTypesProvider types={types} pages={pages}>
      <PageWallet />
    </CreditTypesProvider>
  )
  expect(renderToStaticMarkup(page)).toBe(wallet)
})

test('without a provider there is one wallet', () => {
  Object.assign(at, { pathname: '/', query: '' })
  expect(renderToStaticMarkup(<PageWallet />)).toBe('general')
})
