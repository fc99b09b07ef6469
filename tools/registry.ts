import 'server-only'
import type { Route } from 'next'
import { cache } from 'react'
import { NotFoundError } from '@/lib/http/errors'
import { provideWork } from '@/lib/tool-runner/background/app-worker'
import type { WorkRun } from '@/lib/tool-runner/background/run-worker'
import type { ToolEntry } from './register-tool'

/** The folders here: each one is a tool, loaded once it is asked for. */
const modules = import.meta.glob<{ entry: ToolEntry }>(['./*/index.ts', './*/index.tsx'])

/** What loads a tool, by its folder. */
const FOLDERS = new Map(Object.entries(modules).map(([path, load]) => [folderOf(path), load]))

export type ListedTool = ToolEntry & {
  href: Route | `/tools/${string}`
  /** Where its form sends a run. */
  route: string
}

/** All tools in the order of the navigation, each with the address of its page. */
export const listTools = cache(async (): Promise<ListedTool[]> => {
  const tools = await Promise.all(
    [...FOLDERS].map(async ([folder, load]) => {
      const { entry } = await load()
      return {
        ...entry,
        href: entry.page ?? (`/tools/${folder}` as const),
        route: entry.ownRoute ?? `/api/tools/${folder}`,
      }
    }),
  )
  return tools.filter(({ isAvailable }) => isAvailable()).sort((a, b) => a.order - b.order)
})

/** The tool that `/tools/<folder>` serves; undefined when there is none. */
export async function findTool(folder: string): Promise<ToolEntry | undefined> {
  const loaded = await FOLDERS.get(folder)?.()
  return loaded?.entry.page === null && loaded.entry.isAvailable() ? loaded.entry : undefined
}

/** The tool of a run; undefined for one that this product no longer has. */
export async function findToolById(id: string): Promise<ListedTool | undefined> {
  const tools = await listTools()
  return tools.find((tool) => tool.id === id)
}

/** The same for a route. @throws NotFoundError `tool_not_found` */
export async function requireTool(id: string): Promise<ListedTool> {
  const tool = await findToolById(id)
  if (!tool) throw new NotFoundError('There is no such tool.', 'tool_not_found')
  return tool
}

/** What runs the tool of an id in the background; undefined when none does. */
export async function findWork(id: string): Promise<WorkRun | undefined> {
  const tool = await findToolById(id)
  return tool?.work ?? undefined
}

function folderOf(path: string): string {
  return path.split('/').at(-2) ?? path
}

provideWork(findWork)
