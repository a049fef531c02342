/** The file with which clients find a cluster and prove who they are. Pure. */

export interface KubeconfigOptions {
  /** Such as `https://127.0.0.1:6443`. */
  readonly server: string;
  /** PEM. */
  readonly certificateAuthority: string;
  readonly clusterName: string;
  readonly userName: string;
  readonly user:
    | { readonly certificate: string; readonly key: string }
    | { readonly token: string };
}

/** YAML, with everything in it: the file works wherever it is copied to. */
export function kubeconfig(options: KubeconfigOptions): string {
  const { server, certificateAuthority, clusterName, userName, user } = options;
  const credentials =
    'token' in user
      ? [`token: ${JSON.stringify(user.token)}`]
      : [
          `client-certificate-data: ${btoa(user.certificate)}`,
          `client-key-data: ${btoa(user.key)}`,
        ];
  const context = `${userName}@${clusterName}`;
  return [
    'apiVersion: v1',
    'kind: Config',
    'clusters:',
    `- name: ${JSON.stringify(clusterName)}`,
    '  cluster:',
    `    certificate-authority-data: ${btoa(certificateAuthority)}`,
    `    server: ${server}`,
    'users:',
    `- name: ${JSON.stringify(userName)}`,
    '  user:',
    ...credentials.map((line) => `    ${line}`),
    'contexts:',
    `- name: ${JSON.stringify(context)}`,
    '  context:',
    `    cluster: ${JSON.stringify(clusterName)}`,
    `    user: ${JSON.stringify(userName)}`,
    `current-context: ${JSON.stringify(context)}`,
    'preferences: {}',
    '',
  ].join('\n');
}
