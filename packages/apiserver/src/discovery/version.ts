/** `/version`: which Kubernetes this is, and which of our own. */

export interface ServedVersion {
  /** Of the Kubernetes API that is served; clients compare their own with it. */
  readonly major: string;
  readonly minor: string;
  /** The whole text, such as `v1.36.2+navarch.0.1.0`. */
  readonly text: string;
  /** The machine's operating system and architecture, such as `linux/amd64`. */
  readonly platform: string;
}

/** The document, in upstream's order. */
export function versionDocument({ major, minor, text, platform }: ServedVersion) {
  return {
    major,
    minor,
    emulationMajor: major,
    emulationMinor: minor,
    minCompatibilityMajor: major,
    minCompatibilityMinor: String(Number(minor) - 1),
    gitVersion: text,
    gitCommit: '',
    gitTreeState: 'clean',
    buildDate: '1970-01-01T00:00:00Z',
    goVersion: '',
    compiler: 'typescript',
    platform,
  };
}
