'use client'

import dynamic from 'next/dynamic'

/** Loaded with the tool's own page alone. */
export const LazyForm = dynamic(() => import('./form').then(({ Form }) => Form))
