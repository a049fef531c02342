"""
Sessions with a container of a simulated node by python3-kubernetes. Arguments: a kubeconfig, and `ports` to forward one as well. Ends
with `N steps`; fails by assertion.
"""

import sys
import time

from kubernetes import client, config
from kubernetes.stream import portforward, stream

LIMIT_SECONDS = 20


def output(core):
    said = stream(
        core.connect_get_namespaced_pod_exec, "web", "default", command=["sh", "-c", "hostname"],
        stdin=False, stdout=True, stderr=True, tty=False,
    )
    assert said == "web\n", said


def log(core):
    assert "started" in core.read_namespaced_pod_log("web", "default")


def port(core):
    forward = portforward(core.connect_get_namespaced_pod_portforward, "web", "default", ports="80")
    end = time.monotonic() + LIMIT_SECONDS
    while not forward.error(80):
        assert time.monotonic() < end, "nothing was said"
        time.sleep(0.05)
    assert "listen on no ports" in forward.error(80), forward.error(80)


def main():
    config.load_kube_config(sys.argv[1])
    core = client.CoreV1Api()
    steps = [output, log] + ([port] if "ports" in sys.argv else [])
    for step in steps:
        step(core)
    print("%d steps" % len(steps))


main()
