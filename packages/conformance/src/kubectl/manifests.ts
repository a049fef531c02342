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
