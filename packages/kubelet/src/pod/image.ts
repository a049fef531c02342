/** How container engines speak of images. Pure. */

/** In full: `nginx` is `docker.io/library/nginx:latest`. */
function fullName(image: string): string {
  const parts = image.split('/');
  const [first = ''] = parts;
  const hasRegistry = parts.length > 1 && (/[.:]/.test(first) || first === 'localhost');
  const path = hasRegistry ? image : `docker.io/${parts.length > 1 ? image : `library/${image}`}`;
  return /[:@]/.test(parts.at(-1) ?? '') ? path : `${path}:latest`;
}

/** What containerd says of an image that its registry does not have. */
export function pullError(image: string): string {
  const name = fullName(image);
  return `rpc error: code = NotFound desc = failed to pull and unpack image "${name}": failed to resolve image: ${name}: not found`;
}
