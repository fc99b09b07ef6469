import { execFileSync } from 'node:child_process'

/** A process and all it has started: how many, and their resident memory together. */
export function treeOf(root: number): { processes: number; memoryMb: number } {
  const rows = execFileSync('ps', ['-A', '-o', 'pid=,ppid=,rss='], { encoding: 'utf8' })
    .trim()
    .split('\n')
    .map((row) => row.trim().split(/\s+/).map(Number))
  const tree = new Set([root])
  for (let size = 0; size < tree.size; ) {
    size = tree.size
    for (const [pid = 0, parent = 0] of rows) if (tree.has(parent)) tree.add(pid)
  }
  const kb = rows.reduce((sum, [pid = 0, , rss = 0]) => sum + (tree.has(pid) ? rss : 0), 0)
  return { processes: tree.size, memoryMb: (kb * 1024) / 1_000_000 }
}
