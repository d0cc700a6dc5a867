/** Pixels of the picture for one of the SVG's, so that it is sharp on the screens of today. */
const SCALE = 2;

/** Pixels of a side, and of all, that every browser has a canvas for which VS Code runs in. */
const MOST_SIDE = 32_767;
const MOST_PIXELS = 2 ** 27;

/** Draws an SVG as pixels. @param svg with a width and a height @returns a PNG file. Rejects with an Error whose message is for the user. */
export async function rasterise(svg: string): Promise<Uint8Array> {
  const url = URL.createObjectURL(new Blob([svg], { type: 'image/svg+xml' }));
  try {
    const image = new Image();
    image.src = url;
    await image.decode().catch(() => {
      throw new Error('The plot cannot be drawn as an image.');
    });
    return await draw(image, image.naturalWidth * SCALE, image.naturalHeight * SCALE);
  } finally {
    URL.revokeObjectURL(url);
  }
}

async function draw(image: HTMLImageElement, width: number, height: number): Promise<Uint8Array> {
  const tooLarge = new Error(`The plot is too large for a PNG: it would be ${width} × ${height} pixels.`);
  if (Math.max(width, height) > MOST_SIDE || width * height > MOST_PIXELS) throw tooLarge;
  const canvas = document.createElement('canvas');
  Object.assign(canvas, { width, height });
  canvas.getContext('2d')?.drawImage(image, 0, 0, width, height);
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'));
  // Where memory is short, there is a canvas and yet nothing on it.
  if (!blob) throw tooLarge;
  return new Uint8Array(await blob.arrayBuffer());
}
