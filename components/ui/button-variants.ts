import { cva } from 'class-variance-authority'

/** The look of a button, for what is light enough to do without `Button`, which also merges classes. */
export const buttonVariants = cva(
  "inline-flex shrink-0 items-center justify-center gap-2 whitespace-nowrap rounded-md font-medium transition-colors disabled:pointer-events-none disabled:opacity-50 aria-disabled:pointer-events-none aria-disabled:opacity-50 [&_svg:not([class*='size-'])]:size-4 [&_svg]:pointer-events-none [&_svg]:shrink-0",
  {
    variants: {
      variant: {
        default: 'bg-primary text-primary-foreground shadow-xs hover:bg-primary/95',
        destructive: 'bg-destructive text-destructive-foreground shadow-xs hover:bg-destructive/95',
        outline: 'border border-input bg-card shadow-xs hover:bg-accent hover:text-accent-foreground',
        secondary: 'bg-secondary text-secondary-foreground hover:bg-secondary/70',
        ghost: 'hover:bg-accent hover:text-accent-foreground',
        link: 'text-primary underline-offset-4 hover:underline',
      },
      size: {
        default: 'h-9 px-4 text-sm pointer-coarse:h-11',
        sm: 'h-8 px-3 text-[0.8125rem] pointer-coarse:h-11 pointer-coarse:min-w-11',
        lg: 'h-11 px-6 text-sm',
        icon: 'size-9 text-sm pointer-coarse:size-11',
      },
    },
    defaultVariants: { variant: 'default', size: 'default' },
  },
)
