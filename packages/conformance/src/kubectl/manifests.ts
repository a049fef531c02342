/** What the session applies: an application as people write them. */

export const application = `
apiVersion: v1
kind: ConfigMap
metadata:
  name: web-config
data:
  greeting: hello
---
apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  selector:
    app: web
  ports:
  - name: http
    port: 80
    targetPort: 8080
---
apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  replicas: 3
  selector:
    matchLabels:
      app: web
  template:
    metadata:
      labels:
        app: web
    spec:
      containers:
      - name: web
        image: registry.example/web:v1
        ports:
        - containerPort: 8080
        envFrom:
        - configMapRef:
            name: web-config
        resources:
          requests:
            cpu: 50m
            memory: 32Mi
`;

export const unschedulable = `
apiVersion: v1
kind: Pod
metadata:
  name: greedy
spec:
  containers:
  - name: main
    image: registry.example/greedy:v1
    resources:
      requests:
        cpu: "1000"
`;

export const job = `
apiVersion: v1
kind: Pod
metadata:
  name: speaker
spec:
  restartPolicy: Never
  containers:
  - name: main
    image: busybox
    command: [echo, hello from the pod]
`;

/** Pods that do not get ready. */
export const failing = `
apiVersion: v1
kind: Pod
metadata: {name: no-image, annotations: {simulated.navarch.dev/pull-error: "true"}}
spec: {containers: [{name: main, image: "gone:v1"}]}
---
apiVersion: v1
kind: Pod
metadata: {name: crash, annotations: {simulated.navarch.dev/exit-code: "3"}}
spec: {containers: [{name: main, image: "registry.example/crash:v1"}]}
---
apiVersion: v1
kind: Pod
metadata: {name: no-settings}
spec: {containers: [{name: main, image: "registry.example/s:v1", envFrom: [{configMapRef: {name: settings}}]}]}
---
apiVersion: v1
kind: Pod
metadata: {name: unready, annotations: {simulated.navarch.dev/ready: "false"}}
spec: {containers: [{name: main, image: "registry.example/u:v1", readinessProbe: {httpGet: {port: 80}}}]}
`;
