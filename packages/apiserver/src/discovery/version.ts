/** `/version`: which Kubernetes this is, and which of our own. */

export interface VersionInfo {
  readonly major: string;
  readonly minor: string;
  readonly emulationMajor: string;
  readonly emulationMinor: string;
  readonly minCompatibilityMajor: string;
  readonly minCompatibilityMinor: string;
  readonly gitVersion: string;
  readonly gitCommit: string;
  readonly gitTreeState: string;
  readonly buildDate: string;
  readonly goVersion: string;
  readonly compiler: string;
  readonly platform: string;
}

/** The API that is served; clients compare their own version with it. */
const kubernetesVersion = { major: 1, minor: 36, patch: 2 };

/** `version`: ours. `platform`: such as `linux/amd64`. */
export function versionInfo(version: string, platform: string): VersionInfo {
  const { major, minor, patch } = kubernetesVersion;
  return {
    major: String(major),
    minor: String(minor),
    emulationMajor: String(major),
    emulationMinor: String(minor),
    minCompatibilityMajor: String(major),
    minCompatibilityMinor: String(minor - 1),
    gitVersion: `v${major}.${minor}.${patch}+navarch.${version}`,
    gitCommit: '',
    gitTreeState: 'clean',
    buildDate: '1970-01-01T00:00:00Z',
    goVersion: '',
    compiler: 'typescript',
    platform,
  };
}
