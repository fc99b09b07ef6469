import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { makeTemporaryDirectory } from '../../packages/dev-stack/temporary-directory.ts'
import { editPackage } from './edit-package.ts'

it('takes a dependency out of the package that lists it, and of what the lock file repeats of that one', async () => {
  const { path: root, remove } = await makeTemporaryDirectory()
  onTestFinished(remove)
  const listed = { devDependencies: { one: '1.0.0', two: '2.0.0' } }
  const write = (file: string, json: object) => writeFile(join(root, file), JSON.stringify(json))
  await mkdir(join(root, 'packages/part'), { recursive: true })
  await write('package.json', listed)
  await write('packages/part/package.json', listed)
  await write('package-lock.json', { packages: { '': listed, 'packages/part': listed } })
  const read = async (file: string) => JSON.parse(await readFile(join(root, file), 'utf8'))

  editPackage(root, { dependencies: ['two'] }, 'packages/part')
  const rest = { devDependencies: { one: '1.0.0' } }
  expect(await read('packages/part/package.json')).toEqual(rest)
  expect(await read('package.json')).toEqual(listed)
  expect(await read('package-lock.json')).toEqual({ packages: { '': listed, 'packages/part': rest } })
})
