/** Prefers nodes that already have the pod's images, the more bytes the better, less so for images that are on few nodes. */
import { maxNodeScore, type ScorePlugin } from '../framework/plugin.ts';

const megabyte = 1024 * 1024;
const smallestTotalBytes = 23 * megabyte;
const largestContainerBytes = 1000 * megabyte;

export const imageLocality: ScorePlugin = {
  name: 'ImageLocality',
  weight: 1,
  prepare({ images }, { nodes }) {
    const known = images.map(withTag).map((image) => ({
      image,
      share: nodes.filter((node) => node.imageBytes(image) > 0).length / nodes.length,
    }));
    if (known.every(({ share }) => share === 0)) return undefined;
    const largest = largestContainerBytes * images.length;
    return (node) => {
      const bytes = known.reduce(
        (sum, { image, share }) => sum + Math.floor(node.imageBytes(image) * share),
        0,
      );
      const bounded = Math.min(Math.max(bytes, smallestTotalBytes), largest);
      return Math.floor(
        (maxNodeScore * (bounded - smallestTotalBytes)) / (largest - smallestTotalBytes),
      );
    };
  },
};

function withTag(image: string): string {
  return (image.split('/').at(-1) ?? '').includes(':') ? image : `${image}:latest`;
}
