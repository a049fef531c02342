/** The addresses of services. Pure. */

/** The first address of a range: the one that the `kubernetes` service gets. Throws when the text is no IPv4 range. */
export function firstServiceIp(range: string): string {
  const [, a, b, c, d, bits] =
    /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})\/(\d{1,2})$/.exec(range) ?? [];
  const parts = [a, b, c, d].map(Number);
  const prefix = Number(bits);
  if (parts.some((part) => !(part <= 255)) || !(prefix >= 8 && prefix <= 28)) {
    throw new Error(
      `"${range}" is not a service range: an IPv4 network of /8 to /28, such as 10.96.0.0/16`,
    );
  }
  const address = parts.reduce((sum, part) => sum * 256 + part, 0);
  const network = address - (address % 2 ** (32 - prefix));
  const first = network + 1;
  return [24, 16, 8, 0].map((shift) => Math.floor(first / 2 ** shift) % 256).join('.');
}
