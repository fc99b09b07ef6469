import { defineConfig } from 'vitest/config'

const alias = {
  '@': import.meta.dirname,
  // Outside the react-server bundle the marker package throws on import; its own empty entry does not.
  'server-only': 'server-only/empty.js',
}

export default defineConfig({
  resolve: { alias },
  test: {
    projects: [
      { resolve: { alias }, test: { name: 'unit', include: ['{app,components,lib,local}/**/*.test.{ts,tsx}'] } },
      { resolve: { alias }, test: { name: 'database', include: ['supabase/tests/**/*.test.ts'] } },
    ],
  },
})
