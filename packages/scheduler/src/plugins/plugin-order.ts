/** The default profile: which plugins run, in upstream's order. Filters stop at the first rejection of a node. */
import { createProfile, type Profile } from '../framework/plugin.ts';
import { imageLocality } from './image-locality.ts';
import { interPodAffinityFilter, interPodAffinityScore } from './inter-pod-affinity.ts';
import { nodeAffinityFilter, nodeAffinityScore } from './node-affinity.ts';
import { nodeName } from './node-name.ts';
import { nodePorts } from './node-ports.ts';
import {
  nodeResourcesBalancedAllocation,
  nodeResourcesFit,
  nodeResourcesFitScore,
} from './node-resources.ts';
import { nodeUnschedulable } from './node-unschedulable.ts';
import { podTopologySpreadFilter, podTopologySpreadScore } from './pod-topology-spread.ts';
import { schedulingGates } from './scheduling-gates.ts';
import { taintTolerationFilter, taintTolerationScore } from './taint-toleration.ts';

export const defaultProfile: Profile = createProfile({
  preEnqueue: [schedulingGates],
  filters: [
    nodeUnschedulable,
    nodeName,
    taintTolerationFilter,
    nodeAffinityFilter,
    nodePorts,
    nodeResourcesFit,
    podTopologySpreadFilter,
    interPodAffinityFilter,
  ],
  scores: [
    taintTolerationScore,
    nodeAffinityScore,
    nodeResourcesFitScore,
    podTopologySpreadScore,
    interPodAffinityScore,
    nodeResourcesBalancedAllocation,
    imageLocality,
  ],
});
