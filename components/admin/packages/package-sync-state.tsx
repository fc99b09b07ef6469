'use client'

import { CheckIcon, Loader2Icon } from 'lucide-react'
import { Badge } from '@/components/ui/badge'
import { Button } from '@/components/ui/button'
import type { PackageSync } from '@/lib/admin/packages/list-packages'
import { useSavePackage } from './use-save-package'

type PackageSyncStateProps = {
  packageId: string
  packageName: string
  provider: { id: string; name: string }
  /** What was tried last; undefined where nothing was yet. */
  sync: PackageSync | undefined
}

/** How a package stands at one provider: being synced, synced, or why not, and another try. */
export function PackageSyncState({ packageId, packageName, provider, sync }: PackageSyncStateProps) {
  const { save, pending, refusal } = useSavePackage()
  const isSyncing = pending || sync?.status === 'syncing'
  const problem = refusal?.text ?? (isSyncing ? null : sync?.error)
  return (
    <span className="grid justify-items-start gap-1" aria-live="polite">
      {isSyncing ? (
        <Badge variant="secondary">
          <Loader2Icon aria-hidden className="animate-spin" />
          <span>Syncing with {provider.name}</span>
        </Badge>
      ) : sync?.status === 'synced' ? (
        <Badge variant="outline">
          <CheckIcon aria-hidden />
          <span>
            <span>Synced</span>
            <span className="max-md:sr-only">{` with ${provider.name}`}</span>
          </span>
        </Badge>
      ) : (
        <Badge variant={sync ? 'destructive' : 'warning'}>
          {sync ? `Not synced with ${provider.name}` : `Not synced with ${provider.name} yet`}
        </Badge>
      )}
      {problem && <span className="max-w-72 whitespace-normal break-words text-xs">{problem}</span>}
      {!isSyncing && sync?.status !== 'synced' && (
        <Button
          variant="link"
          size="sm"
          className="touch-target h-auto p-0"
          aria-label={`Sync ${packageName} with ${provider.name}`}
          onClick={() => save(`/api/admin/packages/${packageId}/sync`, 'POST', {})}
        >
          {sync ? 'Try again' : 'Sync now'}
        </Button>
      )}
    </span>
  )
}
