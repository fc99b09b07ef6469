import { defineConfig } from 'vitest/config'

const alias = {
  '@': import.meta.dirname,
  // Outside the react-server bundle the marker package throws on import. Its empty entry is not exported by name.
  'server-only': `${import.meta.dirname}/node_modules/server-only/empty.js`,
}

// Some tests start servers, which a busy machine makes slow.
const limits = { testTimeout: 20_000, hookTimeout: 30_000 }

export default defineConfig({
  resolve: { alias },
  test: {
    projects: [
      {
        resolve: { alias },
        test: { name: 'unit', include: ['{app,components,lib,local}/**/*.test.{ts,tsx}'], ...limits },
      },
      {
        resolve: { alias },
        test: {
          name: 'database',
          include: ['supabase/tests/**/*.test.ts'],
          globalSetup: './supabase/tests/global-setup.ts',
          ...limits,
        },
      },
    ],
  },
})
