/** Photographs are made small on the device. Drawing them anew also leaves behind where and with what they were taken. */

const LONGEST_SIDE = 1600;
const QUALITY = 0.7;

/** A JPEG of at most 1600 px on its longer side; throws where the browser cannot read the picture. */
export async function shrink(picture: Blob): Promise<Blob> {
  const bitmap = await createImageBitmap(picture, { imageOrientation: "from-image" });
  try {
    const scale = Math.min(1, LONGEST_SIDE / Math.max(bitmap.width, bitmap.height));
    const canvas = document.createElement("canvas");
    canvas.width = Math.max(1, Math.round(bitmap.width * scale));
    canvas.height = Math.max(1, Math.round(bitmap.height * scale));
    // In memory: it is read once, and a graphics card only delays that.
    const pen = canvas.getContext("2d", { willReadFrequently: true });
    if (pen === null) throw new Error("no canvas");
    pen.fillStyle = "#fff";
    pen.fillRect(0, 0, canvas.width, canvas.height);
    pen.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
    return await imageOf(canvas, "image/jpeg");
  } finally {
    bitmap.close();
  }
}

export function imageOf(canvas: HTMLCanvasElement, type: "image/jpeg" | "image/png"): Promise<Blob> {
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => (blob === null ? reject(new Error("no image")) : resolve(blob)), type, QUALITY);
  });
}

export const bytesOf = async (blob: Blob): Promise<Uint8Array> => new Uint8Array(await blob.arrayBuffer());
