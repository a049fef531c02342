"""A session with Debian's python3-kubernetes, as its users use it. Argument: a kubeconfig. Ends with `N steps`; fails by assertion."""

import json
import sys
import time

from kubernetes import client, config, dynamic, utils, watch
from kubernetes.client.rest import ApiException

NAMESPACE = "python"
LIMIT_SECONDS = 20


def eventually(what, look):
    end = time.monotonic() + LIMIT_SECONDS
    while time.monotonic() < end:
        found = look()
        if found:
            return found
        time.sleep(0.05)
    raise AssertionError(what)


def refused(code, call):
    try:
        call()
    except ApiException as error:
        assert error.status == code, error
        return error
    raise AssertionError("not refused with %d" % code)


def namespaces(core):
    core.create_namespace({"metadata": {"name": NAMESPACE}})
    assert core.read_namespace(NAMESPACE).status.phase == "Active"
    eventually("the default account", lambda: core.list_namespaced_service_account(NAMESPACE).items)


def config_maps(core):
    core.create_namespaced_config_map(NAMESPACE, {"metadata": {"name": "settings"}, "data": {"a": "1"}})
    patched = core.patch_namespaced_config_map("settings", NAMESPACE, {"data": {"b": "2"}})
    assert patched.data == {"a": "1", "b": "2"}, patched.data
    stale = core.read_namespaced_config_map("settings", NAMESPACE)
    core.patch_namespaced_config_map("settings", NAMESPACE, {"data": {"b": None}})
    refused(409, lambda: core.replace_namespaced_config_map("settings", NAMESPACE, stale))
    error = refused(422, lambda: core.create_namespaced_config_map(NAMESPACE, {"metadata": {"name": "No Name"}}))
    assert "RFC 1123" in error.body
    core.delete_namespaced_config_map("settings", NAMESPACE)
    refused(404, lambda: core.read_namespaced_config_map("settings", NAMESPACE))


def deployments(apps, core):
    labels = {"app": "web"}
    container = client.V1Container(
        name="web",
        image="registry.example/web:v1",
        resources=client.V1ResourceRequirements(requests={"cpu": "100m", "memory": "64Mi"}),
    )
    body = client.V1Deployment(
        metadata=client.V1ObjectMeta(name="web"),
        spec=client.V1DeploymentSpec(
            replicas=2,
            selector=client.V1LabelSelector(match_labels=labels),
            template=client.V1PodTemplateSpec(
                metadata=client.V1ObjectMeta(labels=labels), spec=client.V1PodSpec(containers=[container])
            ),
        ),
    )
    apps.create_namespaced_deployment(NAMESPACE, body)
    ready = lambda n: lambda: apps.read_namespaced_deployment("web", NAMESPACE).status.ready_replicas == n
    eventually("two replicas", ready(2))
    apps.patch_namespaced_deployment_scale("web", NAMESPACE, {"spec": {"replicas": 3}})
    eventually("three replicas", ready(3))
    pods = core.list_namespaced_pod(NAMESPACE, label_selector="app=web").items
    assert len(pods) == 3 and all(pod.spec.node_name for pod in pods)
    assert isinstance(core.read_namespaced_pod_log(pods[0].metadata.name, NAMESPACE), str)
    apps.delete_namespaced_deployment("web", NAMESPACE)
    eventually("no pods", lambda: not core.list_namespaced_pod(NAMESPACE, label_selector="app=web").items)


def watches(core):
    version = core.list_namespaced_secret(NAMESPACE).metadata.resource_version
    core.create_namespaced_secret(NAMESPACE, {"metadata": {"name": "watched"}, "stringData": {"a": "b"}})
    core.patch_namespaced_secret("watched", NAMESPACE, {"metadata": {"labels": {"x": "y"}}})
    core.delete_namespaced_secret("watched", NAMESPACE)
    seen = []
    for event in watch.Watch().stream(
        core.list_namespaced_secret, NAMESPACE, resource_version=version, timeout_seconds=LIMIT_SECONDS
    ):
        seen.append(event["type"])
        if event["type"] == "DELETED":
            break
    assert seen == ["ADDED", "MODIFIED", "DELETED"], seen


def manifests(api):
    job = {
        "apiVersion": "batch/v1",
        "kind": "CronJob",
        "metadata": {"name": "nightly", "namespace": NAMESPACE},
        "spec": {
            "schedule": "0 3 * * *",
            "jobTemplate": {
                "spec": {
                    "template": {
                        "spec": {"restartPolicy": "Never", "containers": [{"name": "c", "image": "registry.example/c"}]}
                    }
                }
            },
        },
    }
    utils.create_from_dict(api, job)
    found = client.BatchV1Api(api).read_namespaced_cron_job("nightly", NAMESPACE)
    assert found.spec.concurrency_policy == "Allow"


def any_kind(api):
    dynamic_client = dynamic.DynamicClient(api)
    services = dynamic_client.resources.get(api_version="v1", kind="Service")
    body = {
        "apiVersion": "v1",
        "kind": "Service",
        "metadata": {"name": "web"},
        "spec": {"selector": {"app": "web"}, "ports": [{"port": 80}]},
    }
    created = services.create(namespace=NAMESPACE, body=body)
    assert created.spec.clusterIP.startswith("10.")
    # This client sends an applied configuration as it is given.
    applied = services.server_side_apply(
        name="web", namespace=NAMESPACE, body=json.dumps(body), field_manager="tests", force_conflicts=True
    )
    assert any(entry.operation == "Apply" for entry in applied.metadata.managedFields)
    services.delete(name="web", namespace=NAMESPACE)


def custom_objects(api):
    definitions = client.ApiextensionsV1Api(api)
    name = "gadgets.example.navarch.dev"
    schema = {
        "type": "object",
        "properties": {"spec": {"type": "object", "properties": {"size": {"type": "integer", "maximum": 5}}}},
    }
    definitions.create_custom_resource_definition(
        {
            "metadata": {"name": name},
            "spec": {
                "group": "example.navarch.dev",
                "scope": "Namespaced",
                "names": {"plural": "gadgets", "singular": "gadget", "kind": "Gadget", "listKind": "GadgetList"},
                "versions": [{"name": "v1", "served": True, "storage": True, "schema": {"openAPIV3Schema": schema}}],
            },
        }
    )
    established = lambda: any(
        condition.type == "Established" and condition.status == "True"
        for condition in definitions.read_custom_resource_definition(name).status.conditions or []
    )
    eventually("established", established)
    custom = client.CustomObjectsApi(api)
    of = ("example.navarch.dev", "v1", NAMESPACE, "gadgets")
    body = {
        "apiVersion": "example.navarch.dev/v1",
        "kind": "Gadget",
        "metadata": {"name": "first"},
        "spec": {"size": 3, "unknown": True},
    }
    created = custom.create_namespaced_custom_object(*of, body)
    assert created["spec"] == {"size": 3}, created
    refused(422, lambda: custom.patch_namespaced_custom_object(*of, "first", {"spec": {"size": 6}}))
    assert [item["metadata"]["name"] for item in custom.list_namespaced_custom_object(*of)["items"]] == ["first"]
    definitions.delete_custom_resource_definition(name)


def main():
    api = config.new_client_from_config(sys.argv[1])
    core = client.CoreV1Api(api)
    steps = [
        lambda: namespaces(core),
        lambda: config_maps(core),
        lambda: deployments(client.AppsV1Api(api), core),
        lambda: watches(core),
        lambda: manifests(api),
        lambda: any_kind(api),
        lambda: custom_objects(api),
        lambda: core.delete_namespace(NAMESPACE),
    ]
    for step in steps:
        step()
    eventually("the namespace is gone", lambda: NAMESPACE not in [n.metadata.name for n in core.list_namespace().items])
    print("%d steps" % len(steps))


main()
