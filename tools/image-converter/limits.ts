/** What the form checks before it sends and the tool checks again; sizes are in bytes. */
export const MAX_IMAGES = 10
export const MAX_IMAGE_MB = 8
export const MAX_TOTAL_MB = 20
export const MAX_IMAGE_BYTES = MAX_IMAGE_MB * 1024 * 1024
export const MAX_TOTAL_BYTES = MAX_TOTAL_MB * 1024 * 1024

/** What the converted images of a request may have together, in bytes. */
export const MAX_OUTPUT_BYTES = MAX_TOTAL_MB * 1024 * 1024

/** What takes time and memory: a few bytes can be many pixels. For an image, and for all of a request. */
export const MAX_PIXELS = 50_000_000
export const MAX_TOTAL_PIXELS = 120_000_000

export const IMAGE_TOO_LARGE = `Each image can be up to ${MAX_IMAGE_MB} MB.`
export const IMAGES_TOO_LARGE = `Together the images can be up to ${MAX_TOTAL_MB} MB.`
