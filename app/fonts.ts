import localFont from 'next/font/local'

// The Latin letters of Geist, less than half of it, come ahead of each page. What they lack, the whole font has, which a
// browser fetches where such a letter stands.

const geistSans = localFont({
  src: '../node_modules/@fontsource-variable/geist/files/geist-latin-wght-normal.woff2',
  variable: '--font-geist-sans',
  weight: '100 900',
  adjustFontFallback: false,
})

const wholeGeistSans = localFont({
  src: '../node_modules/geist/dist/fonts/geist-sans/Geist-Variable.woff2',
  variable: '--font-whole-geist-sans',
  weight: '100 900',
  preload: false,
})

const geistMono = localFont({
  src: '../node_modules/@fontsource-variable/geist-mono/files/geist-mono-latin-wght-normal.woff2',
  variable: '--font-geist-mono',
  weight: '100 900',
  adjustFontFallback: false,
})

const wholeGeistMono = localFont({
  src: '../node_modules/geist/dist/fonts/geist-mono/GeistMono-Variable.woff2',
  variable: '--font-whole-geist-mono',
  weight: '100 900',
  adjustFontFallback: false,
  preload: false,
})

/** The classes that make `font-sans` and `font-mono` known to a page. */
export const fontClasses = [geistSans, wholeGeistSans, geistMono, wholeGeistMono]
  .map(({ variable }) => variable)
  .join(' ')
