import { renderToStaticMarkup } from 'react-dom/server'
import { twMerge } from 'tailwind-merge'
import { expect, test } from 'vitest'
import { Badge } from './badge'
import { buttonVariants } from './button-variants'

// Neither merges classes when it is drawn, to be light enough for public pages: no class may rule out another.
test.each(['default', 'secondary', 'outline', 'warning', 'destructive'] as const)(
  'no class of a badge (%s) rules out another',
  (variant) => {
    const [, classes = ''] =
      renderToStaticMarkup(<Badge variant={variant} />)
        .replaceAll('&#x27;', "'")
        .match(/class="([^"]*)"/) ?? []
    expect(classes).not.toBe('')
    expect(classes.replaceAll('&amp;', '&')).toBe(twMerge(classes.replaceAll('&amp;', '&')))
  },
)

const LOOKS = ['default', 'destructive', 'outline', 'secondary', 'ghost', 'link'] as const
const SIZES = ['default', 'sm', 'lg', 'icon'] as const

test.each(LOOKS.flatMap((variant) => SIZES.map((size) => [variant, size] as const)))(
  'no class of a button (%s, %s) rules out another',
  (variant, size) => {
    const classes = buttonVariants({ variant, size })
    expect(classes).toBe(twMerge(classes))
  },
)
