import { defineConfig } from 'vitest/config'

const alias = {
  '@': import.meta.dirname,
  // Outside the react-server bundle the marker package throws on import. Its empty entry is not exported by name.
  'server-only': `${import.meta.dirname}/node_modules/server-only/empty.js`,
}

export default defineConfig({
  resolve: { alias },
  test: {
    projects: [
      {
        resolve: { alias },
        test: { name: 'unit', include: ['{app,components,lib,local}/**/*.test.{ts,tsx}'] },
      },
      { resolve: { alias }, test: { name: 'database', include: ['supabase/tests/**/*.test.ts'] } },
    ],
  },
})
