"""exec with Debian's python3-kubernetes, by WebSocket. Argument: a kubeconfig. Ends with `N steps`; fails by assertion."""

import sys

from kubernetes import client, config
from kubernetes.client.rest import ApiException
from kubernetes.stream import stream

LIMIT_SECONDS = 30


def run(core, command, **options):
    streams = {"stderr": True, "stdin": False, "stdout": True, "tty": False}
    streams.update(options)
    return stream(core.connect_get_namespaced_pod_exec, "old", "default", command=command, **streams)


def output(core):
    said = run(core, ["echo", "hello", "python"])
    assert said == "hello python\n", said


def conversation(core):
    session = run(core, ["cat"], stdin=True, _preload_content=False)
    for line in ("one\n", "two\n"):
        session.write_stdin(line)
        said = session.readline_stdout(timeout=LIMIT_SECONDS)
        assert said == line.strip(), said
    session.close()


def exit_code(core):
    session = run(core, ["exit", "5"], _preload_content=False)
    session.run_forever(timeout=LIMIT_SECONDS)
    assert session.returncode == 5, session.returncode
    assert session.read_stderr() == "leaving with 5\n"


def refusal(core):
    try:
        stream(core.connect_get_namespaced_pod_exec, "missing", "default", command=["echo"], stdout=True)
    except ApiException as error:
        assert "404" in str(error), error
        return
    raise AssertionError("a pod that is not there runs commands")


def main():
    config.load_kube_config(sys.argv[1])
    core = client.CoreV1Api()
    steps = [output, conversation, exit_code, refusal]
    for step in steps:
        step(core)
    print("%d steps" % len(steps))


main()
