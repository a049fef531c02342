/** Prefers nodes that already have the pod's images, the more bytes the better, less so for images that are on few nodes. */
import { maxNodeScore, type ScorePlugin } from '../framework/plugin.ts';

const megabyte = 1024 * 1024;
const smallestTotalBytes = 23 * megabyte;
const largestImageBytes = 1000 * megabyte;

export const imageLocality: ScorePlugin = {
  name: 'ImageLocality',
  weight: 1,
  scope: 'node',
  prepare({ images }, cluster) {
    const known = images
      .map(withTag)
      .map((image) => ({ image, nodes: cluster.nodesWithImage(image) }))
      .filter(({ nodes }) => nodes > 0)
      .map(({ image, nodes }) => ({ image, share: nodes / cluster.nodes.length }));
    if (known.length === 0) return undefined;
    const largest = largestImageBytes * images.length;
    return (node) => {
      let bytes = 0;
      for (const { image, share } of known)
        bytes += Math.trunc((node.images.get(image) ?? 0) * share);
      const bounded = Math.min(Math.max(bytes, smallestTotalBytes), largest);
      return Math.trunc(
        (maxNodeScore * (bounded - smallestTotalBytes)) / (largest - smallestTotalBytes),
      );
    };
  },
};

function withTag(image: string): string {
  return image.lastIndexOf(':') <= image.lastIndexOf('/') ? `${image}:latest` : image;
}
