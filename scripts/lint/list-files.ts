import { execFileSync } from 'node:child_process'

/** Every file of the project as git sees it: tracked or new, not ignored, not deleted. Paths start at `root`. */
export function listFiles(root: string): string[] {
  const deleted = new Set(gitList(root, ['--deleted']))
  return gitList(root, ['--cached', '--others', '--exclude-standard']).filter((file) => !deleted.has(file))
}

/** Those of {@link listFiles} that are TypeScript or JavaScript. */
export function listCodeFiles(root: string): string[] {
  return listFiles(root).filter((file) => /\.[cm]?[jt]sx?$/.test(file))
}

function gitList(root: string, options: readonly string[]): string[] {
  const output = execFileSync('git', ['ls-files', '-z', ...options], { cwd: root, encoding: 'utf8' })
  return output.split('\0').filter(Boolean)
}
