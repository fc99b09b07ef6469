/** Whether Next.js is making what can be made before it runs: where there is no environment, and no request. */
export const isBuilding = process.env.NEXT_PHASE === 'phase-production-build'
