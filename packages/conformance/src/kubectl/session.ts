/** A working session with kubectl, as a table: what is typed, and what must be seen. Steps run in order on one cluster. */
import { application, failing, job, unschedulable } from './manifests.ts';

export interface SessionStep {
  /** As typed after `kubectl`. */
  readonly run: string;
  /** What standard output must match. */
  readonly shows?: RegExp;
  /** What standard error must match. */
  readonly says?: RegExp;
  /** For commands that must fail. */
  readonly fails?: true;
  readonly input?: string;
  readonly env?: Readonly<Record<string, string>>;
}

export const session: readonly SessionStep[] = [
  // Finding one's way
  { run: 'version', shows: /Server Version: v1\.36\.2\+navarch/ },
  { run: 'cluster-info', shows: /control plane.* is running at/ },
  { run: 'api-resources', shows: /deployments +deploy +apps\/v1 +true +Deployment/ },
  { run: 'api-versions', shows: /^rbac\.authorization\.k8s\.io\/v1$/m },
  { run: 'explain deployment.spec.strategy', shows: /FIELDS:[\s\S]*rollingUpdate/ },
  { run: 'explain pod.spec.containers.livenessProbe --recursive', shows: /httpGet/ },
  { run: 'wait node --all --for=condition=Ready --timeout=60s', shows: /condition met/ },
  { run: 'get nodes', shows: /Ready +<none> +\S+ +v1\.36\.2\+navarch/ },
  { run: 'get ns', shows: /default +Active[\s\S]*kube-system +Active/ },
  { run: 'get all -A', shows: /service\/kubernetes +ClusterIP +10\.96\.0\.1/ },

  // An application, client side
  {
    run: 'apply -f -',
    input: application,
    shows: /configmap\/web-config created\s+service\/web created\s+deployment\.apps\/web created/,
  },
  { run: 'rollout status deployment/web --timeout=60s', shows: /successfully rolled out/ },
  { run: 'apply -f -', input: application, shows: /deployment\.apps\/web unchanged/ },
  { run: 'diff -f -', input: application },
  {
    run: 'get deployment web -o wide',
    shows: /web +3\/3 +3 +3 +\S+ +web +registry\.example\/web:v1 +app=web/,
  },
  { run: 'get pods -l app=web -o wide', shows: /(web-\w+-\w+ +1\/1 +Running.*\n){3}/ },
  { run: 'get deployment web -o json', shows: /"availableReplicas": 3/ },
  { run: 'get deployment web -o yaml', shows: /^ {2}availableReplicas: 3$/m },
  {
    run: "get pods -l app=web -o jsonpath='{.items[*].status.phase}'",
    shows: /^Running Running Running$/,
  },
  {
    run: 'get pods -l app=web -o custom-columns=NAME:.metadata.name,NODE:.spec.nodeName',
    shows: /NAME +NODE\nweb-\S+ +\S+/,
  },
  { run: 'get pods -l app=web --sort-by=.metadata.creationTimestamp -o name', shows: /pod\/web-/ },
  { run: 'get endpoints web', shows: /:8080/, says: /deprecated/ },
  { run: 'get endpointslices -l kubernetes.io/service-name=web', shows: /IPv4 +8080 +10\./ },
  {
    run: 'describe deployment web',
    shows:
      /3 desired \| 3 updated \| 3 total \| 3 available \| 0 unavailable[\s\S]*ScalingReplicaSet/,
  },
  { run: 'describe pod -l app=web', shows: /Successfully assigned default\/web-[\s\S]*Started +/ },
  { run: 'describe service web', shows: /Endpoints: +10\.\S+:8080/ },
  { run: 'describe node', shows: /Allocated resources:/ },
  { run: 'logs -l app=web --tail=5' },

  // Changing it
  { run: 'scale deployment web --replicas=5', shows: /scaled/ },
  { run: 'rollout status deployment/web --timeout=60s', shows: /successfully rolled out/ },
  { run: 'set image deployment/web web=registry.example/web:v2', shows: /image updated/ },
  { run: 'rollout status deployment/web --timeout=60s', shows: /successfully rolled out/ },
  { run: 'rollout history deployment/web', shows: /REVISION[\s\S]*1 +<none>[\s\S]*2 +<none>/ },
  {
    run: 'rollout history deployment/web --revision=2',
    shows: /Image:\s+registry\.example\/web:v2/,
  },
  { run: 'rollout undo deployment/web', shows: /rolled back/ },
  { run: 'rollout status deployment/web --timeout=60s', shows: /successfully rolled out/ },
  {
    run: "get deployment web -o jsonpath='{.spec.template.spec.containers[0].image}'",
    shows: /^registry\.example\/web:v1$/,
  },
  { run: 'rollout pause deployment/web', shows: /paused/ },
  { run: 'set env deployment/web MODE=quiet', shows: /env updated/ },
  { run: 'rollout resume deployment/web', shows: /resumed/ },
  { run: 'rollout status deployment/web --timeout=60s', shows: /successfully rolled out/ },
  { run: 'rollout restart deployment/web', shows: /restarted/ },
  { run: 'rollout status deployment/web --timeout=60s', shows: /successfully rolled out/ },
  { run: 'label deployment web tier=front', shows: /labeled/ },
  { run: 'annotate deployment web note="a b"', shows: /annotated/ },
  { run: `patch deployment web -p '{"spec":{"minReadySeconds":1}}'`, shows: /patched/ },
  {
    run: `patch deployment web --type=merge -p '{"spec":{"revisionHistoryLimit":3}}'`,
    shows: /patched/,
  },
  {
    run: `patch deployment web --type=json -p '[{"op":"replace","path":"/spec/minReadySeconds","value":0}]'`,
    shows: /patched/,
  },
  { run: 'edit configmap web-config', env: { EDITOR: 'sed -i s/hello/goodbye/' }, shows: /edited/ },
  { run: "get configmap web-config -o jsonpath='{.data.greeting}'", shows: /^goodbye$/ },
  {
    run: 'expose deployment web --name=web-again --port=81 --target-port=8080 --type=NodePort',
    shows: /exposed/,
  },
  { run: 'get service web-again', shows: /NodePort +10\.96\.\S+ +<none> +81:3\d{4}\/TCP/ },
  { run: 'replace -f - --force', input: unschedulable, shows: /replaced/ },
  {
    run: 'wait pod/greedy --for=condition=PodScheduled=False --timeout=30s',
    shows: /condition met/,
  },
  {
    run: 'describe pod greedy',
    shows: /FailedScheduling[\s\S]*0\/3 nodes are available: 3 Insufficient cpu/,
  },
  { run: 'delete pod greedy --now', shows: /deleted/ },
  { run: 'create deployment api --image=registry.example/api:v1 --replicas=2', shows: /created/ },
  { run: 'rollout status deployment/api --timeout=60s', shows: /successfully rolled out/ },
  { run: 'autoscale deployment api --min=1 --max=4', shows: /autoscaled/ },
  { run: 'get hpa api', shows: /Deployment\/api/ },

  // Pods
  { run: 'run shell --image=registry.example/shell:v1', shows: /pod\/shell created/ },
  { run: 'wait pod/shell --for=condition=Ready --timeout=30s', shows: /condition met/ },
  { run: 'apply -f -', input: job, shows: /pod\/speaker created/ },
  {
    run: "wait pod/speaker --for=jsonpath='{.status.phase}'=Succeeded --timeout=30s",
    shows: /condition met/,
  },
  { run: 'logs speaker', shows: /^hello from the pod$/m },
  { run: 'get pod speaker', shows: /0\/1 +Completed/ },
  { run: 'events --for pod/speaker', shows: /Scheduled/ },
  { run: 'get events', shows: /LAST SEEN +TYPE +REASON +OBJECT +MESSAGE/ },
  { run: 'delete pod shell speaker', shows: /pod "shell" deleted[\s\S]*pod "speaker" deleted/ },
  { run: 'get pod shell', fails: true, says: /pods "shell" not found/ },
  { run: 'delete pod -l app=api', shows: /deleted/ },
  { run: 'rollout status deployment/api --timeout=60s', shows: /successfully rolled out/ },

  // Pods that fail, each in its way
  { run: 'apply -f -', input: failing, shows: /(pod\/\S+ created\s*){4}/ },
  {
    run: "wait pod/no-image --for=jsonpath='{.status.containerStatuses[0].state.waiting.reason}'=ImagePullBackOff --timeout=30s",
    shows: /condition met/,
  },
  {
    run: 'describe pod no-image',
    shows:
      /Failed to pull image "gone:v1": rpc error: code = NotFound[\s\S]*Back-off pulling image "gone:v1"[\s\S]*Error: ImagePullBackOff/,
  },
  { run: 'logs no-image', fails: true, says: /waiting to start: trying and failing to pull image/ },
  {
    run: "wait pod/crash --for=jsonpath='{.status.containerStatuses[0].state.waiting.reason}'=CrashLoopBackOff --timeout=30s",
    shows: /condition met/,
  },
  { run: 'logs crash --previous', shows: /started/ },
  { run: 'get pod no-settings', shows: /0\/1 +CreateContainerConfigError/ },
  { run: 'describe pod no-settings', shows: /Error: configmap "settings" not found/ },
  {
    run: 'describe pod unready',
    shows: /Unhealthy .*Readiness probe failed: Get "http:\/\/10\.\S+:80\/": dial tcp/,
  },
  { run: 'delete pod no-image crash no-settings unready', shows: /"unready" deleted/ },

  // Nodes
  { run: 'taint nodes node-2 dedicated=special:NoSchedule', shows: /tainted/ },
  { run: 'taint nodes node-2 dedicated-', shows: /untainted/ },
  { run: 'cordon node-1', shows: /cordoned/ },
  { run: 'get node node-1', shows: /Ready,SchedulingDisabled/ },
  { run: 'describe node node-1', shows: /NodeNotSchedulable .*Node node-1 status is now/ },
  { run: 'create pdb strict --selector=app=web --min-available=5', shows: /created/ },
  {
    run: "wait pdb/strict --for=jsonpath='{.status.currentHealthy}'=5 --timeout=30s",
    shows: /condition met/,
  },
  { run: 'get pdb strict', shows: /strict +5 +N\/A +0/ },
  {
    run: 'drain node-1 node-2 node-3 --timeout=2s',
    fails: true,
    says: /Cannot evict pod as it would violate the pod's disruption budget\./,
  },
  { run: 'uncordon node-2 node-3', shows: /node-3 uncordoned/ },
  { run: `patch pdb strict --type=merge -p '{"spec":{"minAvailable":3}}'`, shows: /patched/ },
  {
    run: "wait pdb/strict --for=jsonpath='{.status.disruptionsAllowed}'=2 --timeout=30s",
    shows: /condition met/,
  },
  { run: 'drain node-1 --ignore-daemonsets --force --timeout=60s', shows: /drained/ },
  { run: 'get pods -A --field-selector spec.nodeName=node-1 -o name', shows: /^$/ },
  { run: 'uncordon node-1', shows: /uncordoned/ },
  { run: 'rollout status deployment/web --timeout=60s', shows: /successfully rolled out/ },

  // Namespaces and permissions
  { run: 'create ns work', shows: /created/ },
  { run: 'create deployment inside --image=registry.example/inside:v1 -n work', shows: /created/ },
  { run: 'create configmap data --from-literal=a=b -n work', shows: /created/ },
  { run: 'create secret generic hidden --from-literal=a=b -n work', shows: /created/ },
  {
    run: 'rollout status deployment/inside -n work --timeout=60s',
    shows: /successfully rolled out/,
  },
  { run: 'auth can-i create deployments', shows: /^yes/ },
  { run: 'auth can-i create deployments --as=alice', fails: true, shows: /^no/ },
  { run: 'create role reader --verb=get,list --resource=pods -n work', shows: /created/ },
  { run: 'create rolebinding reader --role=reader --user=alice -n work', shows: /created/ },
  { run: 'auth can-i list pods -n work --as=alice', shows: /^yes/ },
  { run: 'get pods -n work --as=alice', shows: /inside-/ },
  {
    run: 'get secrets -n work --as=alice',
    fails: true,
    says: /User "alice" cannot list resource "secrets"/,
  },
  { run: 'auth whoami', shows: /kubernetes-admin/ },
  { run: 'create token default -n work', shows: /^ey/ },
  { run: 'delete ns work --timeout=60s', shows: /deleted/ },
  { run: 'get ns work', fails: true, says: /not found/ },

  // Deleting, each way
  { run: 'delete deployment api --cascade=orphan', shows: /deleted/ },
  { run: 'get rs -l app=api', shows: /api-/ },
  { run: 'delete rs -l app=api --cascade=foreground', shows: /deleted/ },
  { run: 'wait pod -l app=api --for=delete --timeout=60s' },
  { run: 'delete deployment web', shows: /deleted/ },
  { run: 'wait pod -l app=web --for=delete --timeout=60s' },
  { run: 'get pods -l app=web', says: /No resources found/ },
  { run: 'delete service,configmap -l nothing=here', shows: /No resources found/ },
];
