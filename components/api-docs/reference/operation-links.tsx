import type { Reference } from '@/lib/openapi/reference/read-reference'

/** The calls of the reference, each with a link to its section. */
export function OperationLinks({ groups }: Pick<Reference, 'groups'>) {
  return (
    <div className="grid gap-5">
      {groups.map(({ name, operations }) => (
        <div key={name} className="grid gap-1">
          <p className="font-medium text-sm">{name}</p>
          <ul>
            {operations.map(({ id, summary }) => (
              <li key={id}>
                <a
                  href={`#${id}`}
                  className="flex items-center rounded-sm py-1.5 text-muted-foreground text-sm transition-colors hover:text-foreground pointer-coarse:min-h-11"
                >
                  {summary}
                </a>
              </li>
            ))}
          </ul>
        </div>
      ))}
    </div>
  )
}
