import { serve } from '@hono/node-server'
import { createApp } from './app.ts'
import { openServices } from './services.ts'

const services = openServices()
await services.db.insertInto('users').values({ id: 'ada', credits: 100 }).execute()
await services.db.insertInto('sessions').values({ token: 'ada-token', user_id: 'ada' }).execute()
const port = Number(process.env.PORT ?? 8787)
serve({ fetch: createApp(services).fetch, port })
console.log(`curl -H 'authorization: Bearer ada-token' http://localhost:${port}/balance`)
