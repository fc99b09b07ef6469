/** What the form checks before it sends and the tool checks again; sizes are in bytes. */
export const MAX_IMAGES = 10
export const MAX_IMAGE_BYTES = 8 * 1024 * 1024
export const MAX_TOTAL_BYTES = 20 * 1024 * 1024

export const IMAGE_TOO_LARGE = 'Each image can be up to 8 MB.'
export const IMAGES_TOO_LARGE = 'Together the images can be up to 20 MB.'
