import { defineConfig } from 'tsdown'

/** ESM and CommonJS with types, one entry for the core and one for each adapter. */
export default defineConfig({
  entry: {
    index: 'src/index.ts',
    conformance: 'src/conformance/index.ts',
    drizzle: 'src/adapters/drizzle/index.ts',
    kysely: 'src/adapters/kysely/index.ts',
    livebalance: 'src/adapters/livebalance/index.ts',
    opentelemetry: 'src/opentelemetry/index.ts',
    prisma: 'src/adapters/prisma/index.ts',
    schema: 'src/schema/index.ts',
    cli: 'src/cli/main.ts',
  },
  format: ['esm', 'cjs'],
  dts: { generator: 'oxc' },
  tsconfig: 'tsconfig.build.json',
  platform: 'neutral',
  target: 'es2023',
  // They are in the types.
  outputOptions: { comments: { jsdoc: false, annotation: true, legal: true } },
})
