/** The pod of the budget table: about 2.6 KB once stored, with defaults and managedFields. */
export function benchPod(name: string, app: string): string {
  return JSON.stringify({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name,
      labels: { app, tier: 'backend', 'pod-template-hash': '6d4cf56db6' },
      annotations: { 'example.com/revision': '1' },
    },
    spec: {
      automountServiceAccountToken: false,
      containers: [
        {
          name: 'main',
          image: 'registry.example/team/service:v1.4.2',
          command: ['/service', '--port=8080'],
          ports: [{ containerPort: 8080, name: 'http' }],
          env: [
            { name: 'REGION', value: 'eu-1' },
            { name: 'POD_NAME', valueFrom: { fieldRef: { fieldPath: 'metadata.name' } } },
          ],
          resources: { requests: { cpu: '10m', memory: '16Mi' }, limits: { memory: '64Mi' } },
          readinessProbe: { httpGet: { path: '/ready', port: 8080 } },
          livenessProbe: { httpGet: { path: '/live', port: 8080 }, periodSeconds: 20 },
          volumeMounts: [{ name: 'config', mountPath: '/etc/service' }],
        },
      ],
      volumes: [{ name: 'config', configMap: { name: 'service-config' } }],
      nodeSelector: { disk: 'ssd' },
    },
  });
}
