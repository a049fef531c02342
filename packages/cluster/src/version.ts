/** The version that everything reports: the Kubernetes version we are compatible with, then our own. */
export const kubernetesVersion = { major: '1', minor: '36', patch: '2' } as const;
export const navarchVersion = '0.1.0';
export const version = `v${kubernetesVersion.major}.${kubernetesVersion.minor}.${kubernetesVersion.patch}+navarch.${navarchVersion}`;
